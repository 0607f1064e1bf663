import { join } from 'node:path';
import express, { Router } from 'express';
import { notFound } from './fallback.js';

/** What `npm run build` bundled: the page, and next to it `assets/`. */
const folder = join(import.meta.dirname, '../../playground');

/** Everything from this very server. The editor writes style elements as it goes; no script may do the like. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = {
  'cache-control': 'no-cache',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** What a GET may ask for, our preference first: a client that takes anything is no browser. */
const offered = ['application/graphql-response+json', 'application/json', 'text/html'];

/** GraphiQL for people who open `/graphql` in a browser; requests of any other kind fall through. */
export function createPlaygroundRouter(): Router {
  const router = Router();
  router.get('/graphql', (request, response, next) => {
    response.vary('Accept');
    if (request.accepts(offered) !== 'text/html') return next();
    response.sendFile('index.html', { root: folder, cacheControl: false, headers: pageHeaders });
  });
  router.use(
    '/graphql/assets',
    express.static(join(folder, 'assets'), {
      index: false,
      redirect: false,
      immutable: true,
      maxAge: '1y',
      setHeaders: (response) => response.setHeader('x-content-type-options', 'nosniff'),
    }),
    notFound,
  );
  return router;
}
