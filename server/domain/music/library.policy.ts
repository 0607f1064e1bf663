import { isAdmin, isGrantedService, type Viewer } from '../viewer.js';

/** A library is private: its owner reads and changes it, administrators, and programs that were granted all of them. */
export function mayUseLibrary(viewer: Viewer, userId: number): boolean {
  return (
    (viewer.kind === 'user' && viewer.userId === userId) ||
    isAdmin(viewer) ||
    isGrantedService(viewer, 'libraries:write')
  );
}
