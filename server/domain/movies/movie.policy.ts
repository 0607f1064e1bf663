import type { UserViewer, Viewer } from '../viewer.js';

/** The catalogue is public: anyone may read films and genres. */
export function mayReadMovies(_viewer: Viewer): boolean {
  return true;
}

/** Films are watched by people. */
export function mayWatchMovies(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user';
}
