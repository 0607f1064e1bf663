import { join } from 'node:path';
import { Router } from 'express';
import { type BuiltPages, serveAssets, showPage } from '../page.js';

/** Redoc searches in a worker that it makes of its own code. */
const pages: BuiltPages = { folder: join(import.meta.dirname, '../../../api-docs'), workers: 'blob:' };

/** Swagger UI at `/docs` and Redoc at `/redoc`, of the merged document, without a request to any other server. */
export function createApiPagesRouter(): Router {
  const router = Router();
  router.get('/docs', showPage(pages, 'swagger-ui.html'));
  router.get('/redoc', showPage(pages, 'redoc.html'));
  router.use('/docs/assets', serveAssets(pages));
  return router;
}
