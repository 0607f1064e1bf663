import { isAdmin, isGrantedService, type UserViewer, type Viewer } from '../viewer.js';

/** Names are public, like the ratings under them. */
export function mayReadUsers(_viewer: Viewer): boolean {
  return true;
}

/** All people are listed, put in and disabled by administrators, and by programs that were granted it. */
export function mayManageUsers(viewer: Viewer): boolean {
  return isAdmin(viewer) || isGrantedService(viewer, 'users:write');
}

/** How to reach someone, and whether they are disabled, is for themselves and for those who manage people. */
export function mayReadContact(viewer: Viewer, user: { readonly id: number }): boolean {
  return mayReadPrivatePart(viewer, user) || mayManageUsers(viewer);
}

/** Keys and lists are for the person themselves. */
export function mayReadPrivatePart(viewer: Viewer, user: { readonly id: number }): boolean {
  return viewer.kind === 'user' && viewer.userId === user.id;
}

/** An account is changed by the person it belongs to. */
export function mayChangeAccount(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user';
}
