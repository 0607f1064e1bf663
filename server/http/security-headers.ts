import helmet from 'helmet';
import type { PlainHandler } from './plain-handler.js';

/**
 * What every response tells browsers: nothing in it is a page, a script or a frame. Pages that are (playground, docs) put
 * their own policy in its place.
 *
 * @param https whether clients come over HTTPS, and shall go on doing so
 */
export function securityHeaders(https: boolean): PlainHandler {
  return helmet({
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
  });
}
