import type { UserViewer, Viewer } from '../viewer.js';

/** Ratings are public, whoever wrote them. */
export function mayReadRatings(_viewer: Viewer): boolean {
  return true;
}

/** Anyone who is known may rate. */
export function mayRate(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user';
}

/** Only its author changes or deletes a rating. */
export function mayChangeRating(viewer: Viewer, rating: { readonly userId: number }): boolean {
  return viewer.kind === 'user' && viewer.userId === rating.userId;
}
