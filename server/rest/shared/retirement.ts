import type { Response } from 'express';
import type { Retirement } from '../../config/retirement.js';

/** Where a dialect's clients are to go. */
const successor = '/graphql';

/**
 * Tells clients on every response that their dialect is going: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link`
 * to what comes after it, and to the guide if there is one. Nothing for a dialect that stays.
 */
export function announceRetirement(response: Response, retirement: Retirement): void {
  const { deprecatedSince, sunset, migrationGuide } = retirement;
  if (deprecatedSince === undefined && sunset === undefined) return;
  if (deprecatedSince !== undefined) response.set('Deprecation', `@${Math.floor(deprecatedSince / 1000)}`);
  if (sunset !== undefined) response.set('Sunset', new Date(sunset).toUTCString());
  response.append('Link', `<${successor}>; rel="successor-version"`);
  if (migrationGuide === undefined) return;
  if (deprecatedSince !== undefined) response.append('Link', `<${migrationGuide}>; rel="deprecation"`);
  if (sunset !== undefined) response.append('Link', `<${migrationGuide}>; rel="sunset"`);
}
