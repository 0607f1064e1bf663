import type { UserViewer, Viewer } from '../viewer.js';

/** What everyone does is for administrators to know. */
export function mayReadAuditLog(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user' && viewer.role === 'admin';
}
