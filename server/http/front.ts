import type { RequestListener } from 'node:http';
import type { Express } from 'express';
import type { Lane, PlainHandler, PlainRequest, PlainResponse } from './plain-handler.js';

export interface FrontParts {
  /** What every request passes; each passes it on at once. */
  readonly always: readonly PlainHandler[];
  /** Who is asked, in this order, before Express. */
  readonly lanes: readonly Lane[];
  /** Whoever no lane takes. */
  readonly express: Express;
}

/** Where all requests come in: what is the same for all of them, then a lane that takes them, or else Express. */
export function createFront({ always, lanes, express }: FrontParts): RequestListener {
  const serve = (request: PlainRequest, response: PlainResponse) => {
    const decline = () => void express(request, response);
    if (!lanes.some((lane) => lane.take(request, response, decline))) decline();
  };
  const enter = always.reduceRight<typeof serve>(
    (next, handler) => (request, response) => void handler(request, response, () => next(request, response)),
    serve,
  );
  return (request, response) => enter(request, Object.assign(response, { locals: {} }));
}

/** Where requests come from, as Express's `trust proxy` has it. */
export function addressesOf(express: Express): (request: PlainRequest) => string | undefined {
  const trusted: unknown = express.get('trust proxy');
  // Where nobody is trusted to say it, it is the other end of the connection.
  if (trusted === false || trusted === 0) return ({ socket }) => socket.remoteAddress;
  return (request) => {
    const asExpressSeesIt: unknown = Object.create(request, { app: { value: express } });
    return Reflect.get(express.request, 'ip', asExpressSeesIt);
  };
}
