import cors from 'cors';
import type { PlainHandler } from '../../http/plain-handler.js';
import { refusal } from './errors.js';

/** How long a browser may remember what it was allowed. */
const preflightSeconds = 600;

/**
 * Lets browsers of the listed origins call the dialect, with their cookies, and refuses those of any other but its own
 * (CloudCinema "CORS"; the original answered 500).
 */
export function guardOrigins(origins: readonly string[]): PlainHandler[] {
  const refuseForeign: PlainHandler = (request, response, next) => {
    response.setHeader('Vary', 'Origin');
    const { origin, host } = request.headers;
    const known = origin === undefined || origins.includes(origin) || hostOf(origin) === host;
    next(known ? undefined : refusal(403, 'Origen no permitido'));
  };
  return [refuseForeign, cors({ origin: [...origins], credentials: true, maxAge: preflightSeconds })];
}

/** Whether it came over HTTPS to a proxy is not known here, so only the host tells one's own origin. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
