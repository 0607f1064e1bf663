import type { Viewer } from '../viewer.js';
import type { ImagePurpose } from './image.types.js';

/**
 * Whoever registers may bring a picture, so anyone may store one of a person; it stays only if a row is then pointed at
 * it, which has rules of its own. Posters are the admins'.
 */
export function mayStoreImage(viewer: Viewer, purpose: ImagePurpose): boolean {
  return purpose === 'profile' || (viewer.kind === 'user' && viewer.role === 'admin');
}
