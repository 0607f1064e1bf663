import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { notFound } from '../fallback.js';

/** What `npm run build` put together: the pages, and next to them `assets/`. */
const folder = join(import.meta.dirname, '../../../api-docs');

/**
 * Everything from this very server. Both viewers write style elements as they go; Redoc searches in a worker that it makes
 * of its own code, hence `blob:`.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
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

/** Swagger UI at `/docs` and Redoc at `/redoc`, of the merged document, without a request to any other server. */
export function createApiPagesRouter(): Router {
  const router = Router();
  router.get('/docs', page('swagger-ui.html'));
  router.get('/redoc', page('redoc.html'));
  router.use(
    '/docs/assets',
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

function page(name: string): RequestHandler {
  return (_request, response) => response.sendFile(name, { root: folder, cacheControl: false, headers: pageHeaders });
}
