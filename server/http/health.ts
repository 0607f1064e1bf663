import { Router } from 'express';
import type { Database } from '../database/database.js';
import type { Drain } from './drain.js';

/**
 * `/health`: the process is alive. `/ready`: it can serve, which takes a migrated database that answers, and a server
 * that is not about to stop; otherwise 503 and the reason.
 */
export function createHealthRouter(database: Database, drain: Drain): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const readiness = drain.begun ? 'draining' : await database.findReadiness();
    if (readiness === 'ready') response.json({ status: 'ready' });
    else response.status(503).json({ status: 'unavailable', reason: readiness });
  });
  return router;
}
