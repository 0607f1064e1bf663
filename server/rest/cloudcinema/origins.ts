import cors from 'cors';
import type { RequestHandler } from 'express';
import { refusal } from './errors.js';

/** How long a browser may remember what it was allowed. */
const preflightSeconds = 600;

/**
 * Lets browsers of the listed origins call the dialect, with their cookies, and refuses those of any other but its own
 * (CloudCinema "CORS"; the original answered 500).
 */
export function guardOrigins(origins: readonly string[]): RequestHandler[] {
  const refuseForeign: RequestHandler = (request, response, next) => {
    response.vary('Origin');
    const origin = request.get('origin');
    const known = origin === undefined || origins.includes(origin) || hostOf(origin) === request.get('host');
    next(known ? undefined : refusal(403, 'Origen no permitido'));
  };
  return [refuseForeign, cors({ origin: [...origins], credentials: true, maxAge: preflightSeconds })];
}

/** Whether it came over HTTPS to a proxy is not known here, so only the host tells one's own origin. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
