import type { UserViewer, Viewer } from '../viewer.js';

/** Names are public, like the ratings under them. */
export function mayReadUsers(_viewer: Viewer): boolean {
  return true;
}

/** E-mail address and lists are for the person themselves. */
export function mayReadPrivatePart(viewer: Viewer, user: { readonly id: number }): boolean {
  return viewer.kind === 'user' && viewer.userId === user.id;
}

/** An account is changed by the person it belongs to. */
export function mayChangeAccount(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user';
}
