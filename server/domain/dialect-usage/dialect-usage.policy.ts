import { isAdmin, type Viewer } from '../viewer.js';

/** Who uses what is the business of those who keep the platform. */
export function mayReadDialectUsage(viewer: Viewer): boolean {
  return isAdmin(viewer);
}
