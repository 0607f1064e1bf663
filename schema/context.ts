import type DataLoader from 'dataloader';
import type { Viewer } from '../server/domain/viewer.js';
import type { SessionCookie } from '../server/http/credentials.js';
import type { RequestScope } from '../server/request-scope.js';

/** What every resolver is given: the request's scope, and what it takes to log in and out. */
export interface GraphqlContext extends RequestScope {
  /** Joins the response with the log. */
  readonly requestId: string;
  /** Where the request comes from. */
  readonly address: string;
  readonly sessionCookie: SessionCookie;
  /** Takes so many points more of what the viewer may ask for. @throws RateLimitedError */
  charge(points: number): Promise<void>;
  /** Whoever logs in is the viewer of what follows in the same request. */
  become(viewer: Viewer): void;
}

/** Forgets what this request has read: whatever a mutation's answer shows must be read after its write. */
export function forgetReads({ loaders }: GraphqlContext): void {
  loaders.movies.byId.clearAll();
  loaders.users.byId.clearAll();
  loaders.ratings.clear();
  loaders.watchlists.own.clearAll();
  loaders.playlists.clear();
  loaders.libraries.clear();
}

/** Loads what a row refers to; a foreign key guarantees that it is there. */
export async function loadParent<Row>(loader: DataLoader<number, Row | undefined>, id: number): Promise<Row> {
  const row = await loader.load(id);
  if (!row) throw new Error(`The row that id ${id} refers to is missing.`);
  return row;
}
