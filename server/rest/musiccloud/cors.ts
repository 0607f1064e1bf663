import cors from 'cors';
import type { PlainHandler } from '../../http/plain-handler.js';

const share = cors({
  // Starlette's `*` with credentials: whoever asks is named.
  origin: true,
  credentials: true,
  methods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  exposedHeaders: ['Link', 'X-Total-Count'],
  maxAge: 600,
  optionsSuccessStatus: 200,
});

/**
 * Lets pages of any origin use the dialect, with credentials (Music 2). None of them counts here but those that a page
 * has to put in a header itself. An `OPTIONS` that is no preflight is a method like any other.
 */
export const allowEveryOrigin: PlainHandler = (request, response, next) => {
  const preflight = request.headers['access-control-request-method'] !== undefined;
  if (request.method === 'OPTIONS' && !preflight) return next();
  share(request, response, next);
};
