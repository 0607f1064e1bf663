import type { Retirement } from '../../config/retirement.js';
import type { PlainHandler } from '../../http/plain-handler.js';

/** Where a dialect's clients are to go. */
const successor = '/graphql';

/**
 * Tells clients on every response that their dialect is going: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link`
 * to what comes after it, and to the guide if there is one. Nothing for a dialect that stays.
 */
export function announceRetirement({ deprecatedSince, sunset, migrationGuide }: Retirement): PlainHandler {
  const headers: (readonly [name: string, value: string | readonly string[]])[] = [];
  if (deprecatedSince !== undefined) headers.push(['Deprecation', `@${Math.floor(deprecatedSince / 1000)}`]);
  if (sunset !== undefined) headers.push(['Sunset', new Date(sunset).toUTCString()]);
  const guides = [
    ...(deprecatedSince === undefined ? [] : [`<${migrationGuide}>; rel="deprecation"`]),
    ...(sunset === undefined ? [] : [`<${migrationGuide}>; rel="sunset"`]),
  ];
  const links = [`<${successor}>; rel="successor-version"`, ...(migrationGuide === undefined ? [] : guides)];
  if (headers.length > 0) headers.push(['Link', links]);
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}
