import { Router } from 'express';
import type { Database } from '../database/database.js';

/** `/health`: the process is alive. `/ready`: it can serve, which takes a migrated database that answers. */
export function createHealthRouter(database: Database): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const ready = await database.isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'unavailable' });
  });
  return router;
}
