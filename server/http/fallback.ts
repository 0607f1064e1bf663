import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '../logger.js';
import { requestIdOf } from './request-id.js';

/** For paths that no protocol owns. */
export const notFound: RequestHandler = (_request, response) => {
  response.status(404).json({ error: 'Not Found', message: 'Not Found' });
};

/** For errors that no protocol answered: client mistakes keep their status, anything else is logged and hidden. */
export function lastResort(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = clientStatusOf(error);
    if (!status) logger.error({ requestId: requestIdOf(response), err: error }, 'unhandled error');
    const message = status ? 'Bad Request' : 'Internal Server Error';
    response.status(status ?? 500).json({ error: message, message });
  };
}

/** 400 to 499 when the error says so (Express's own, for undecodable paths and bodies). */
function clientStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : undefined;
}
