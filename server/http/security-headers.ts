import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { PlainHandler } from './plain-handler.js';

/**
 * What every response tells browsers: nothing in it is a page, a script or a frame. Pages that are (playground, docs) put
 * their own policy in its place.
 *
 * @param https whether clients come over HTTPS, and shall go on doing so
 */
export function securityHeaders(https: boolean): PlainHandler {
  const headers = headersOf(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      },
      strictTransportSecurity: https && { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false },
      xFrameOptions: { action: 'deny' },
      // What is left out is about pages, which an API has none of, or about browsers that are gone.
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
      xPoweredBy: false,
    }),
  );
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

type Helmet = ReturnType<typeof helmet>;

/** What helmet says, which is the same in every response: asking it once saves a call for each header of each. */
function headersOf(say: Helmet): readonly (readonly [name: string, value: string])[] {
  const headers: [string, string][] = [];
  const response = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => {} };
  say({} as IncomingMessage, response as unknown as ServerResponse, () => {}); // it does nothing else with them
  return headers;
}
