import { Router } from 'express';

/** GraphiQL for people who open `/graphql` in a browser. */
export function createPlaygroundRouter(): Router {
  return Router();
}
