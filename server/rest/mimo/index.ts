import { Router } from 'express';
import type { Logger } from '../../logger.js';
import type { Scopes } from '../../request-scope.js';

/** The MIMO Movies dialect. */
export function createMimoRouter(_scopes: Scopes, _logger: Logger): Router {
  return Router();
}
