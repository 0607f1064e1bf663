import { Router } from 'express';

/** What a server is and where its APIs are (contracts section 0); the addresses are paths. */
export interface Discovery {
  readonly ok: true;
  readonly message: string;
  readonly docs?: string;
  readonly openapi: string;
  readonly graphql: string;
  readonly dialects: readonly DiscoveredDialect[];
}

/** A dialect that is served. */
export interface DiscoveredDialect {
  readonly name: string;
  readonly title: string;
  /** A path to begin with. */
  readonly entry: string;
  readonly openapi: string;
}

/** `GET /`: one document that says what there is. */
export function createDiscoveryRouter(discovery: Discovery): Router {
  const router = Router();
  router.get('/', (_request, response) => void response.json(discovery));
  return router;
}
