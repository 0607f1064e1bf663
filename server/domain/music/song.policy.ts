import { isAdmin, isGrantedService, type Viewer } from '../viewer.js';

/** The songs that there are, are public. */
export function mayReadSongs(_viewer: Viewer): boolean {
  return true;
}

/** The catalogue of songs is kept by administrators, and by programs that were granted it. */
export function mayCreateSongs(viewer: Viewer): boolean {
  return isAdmin(viewer) || isGrantedService(viewer, 'songs:write');
}
