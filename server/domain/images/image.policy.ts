import type { UserViewer, Viewer } from '../viewer.js';
import type { ImagePurpose } from './image.types.js';

/**
 * Whoever registers may bring a picture, so anyone may store one of a person; it stays only if a row is then pointed at
 * it, which has rules of its own. Posters are the admins'.
 */
export function mayStoreImage(viewer: Viewer, purpose: ImagePurpose): boolean {
  return purpose === 'profile' || (viewer.kind === 'user' && viewer.role === 'admin');
}

/** Pictures are public, like the names and titles beside them. */
export function mayReadImages(_viewer: Viewer): boolean {
  return true;
}

/** Announcing an upload and confirming it takes a person: their own picture is theirs, posters are the admins'. */
export function mayUploadImage(viewer: Viewer, purpose: ImagePurpose): viewer is UserViewer {
  return viewer.kind === 'user' && mayStoreImage(viewer, purpose);
}
