import { join } from 'node:path';
import { Router } from 'express';
import { type BuiltPages, serveAssets, showPage } from './page.js';

const pages: BuiltPages = { folder: join(import.meta.dirname, '../../playground') };

/** What a GET may ask for, our preference first: a client that takes anything is no browser. */
const offered = ['application/graphql-response+json', 'application/json', 'text/html'];

/** GraphiQL for people who open `/graphql` in a browser; requests of any other kind fall through. */
export function createPlaygroundRouter(): Router {
  const router = Router();
  const show = showPage(pages, 'index.html');
  // A route for GET alone would have Express answer OPTIONS for it, and no preflight would come to GraphQL.
  router.all('/graphql', (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    response.vary('Accept');
    if (request.accepts(offered) !== 'text/html') return next();
    show(request, response, next);
  });
  router.use('/graphql/assets', serveAssets(pages));
  return router;
}
