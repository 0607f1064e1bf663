import type { RequestHandler } from 'express';
import type { Logger } from '../logger.js';
import { requestIdOf } from './request-id.js';

/** One line per request, when its response is done or its client is gone. The path is logged without its query. */
export function accessLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const { method } = request;
    const path = request.originalUrl.split('?', 1)[0];
    response.once('close', () => {
      logger.info(
        {
          requestId: requestIdOf(response),
          method,
          path,
          status: response.statusCode,
          completed: response.writableFinished,
          durationMs: Math.round(performance.now() - start),
        },
        'request',
      );
    });
    next();
  };
}
