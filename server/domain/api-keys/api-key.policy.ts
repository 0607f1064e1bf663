import type { UserViewer, Viewer } from '../viewer.js';

/** Keys belong to people: only a person has, sees and changes their own. */
export function mayHaveApiKeys(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user';
}
