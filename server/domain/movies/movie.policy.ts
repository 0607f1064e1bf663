import type { Viewer } from '../viewer.js';

/** The catalogue is public: anyone may read films and genres. */
export function mayReadMovies(_viewer: Viewer): boolean {
  return true;
}
