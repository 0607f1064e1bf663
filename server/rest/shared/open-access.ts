/*
 * For dialects whose contracts let anyone do anything: they act through a service of their own, which is granted what the
 * contract grants everyone, until an operator closes their writes.
 */
import type { Request, RequestHandler, Response } from 'express';
import { UnauthenticatedError } from '../../domain/errors.js';
import type { ServiceScope, Viewer } from '../../domain/viewer.js';
import type { RequestScope, Scopes } from '../../request-scope.js';
import { readBearer } from './bearer.js';
import type { DialectParts } from './dialect.js';

/** Give a request the scope that it acts in. */
export interface OpenAccess {
  /** As the dialect, for what its contract lets everyone read. */
  readonly read: RequestHandler<unknown>;
  /**
   * As the dialect or, where its writes are closed, as whoever the request's `x-api-key` or bearer token stands for. Fails
   * with UnauthenticatedError without such a credential or for one that nobody has, and as the authenticator.
   */
  readonly write: RequestHandler<unknown>;
}

/** @param granted what the contract lets everyone do */
export function createOpenAccess(
  name: string,
  granted: readonly ServiceScope[],
  { scopes, settings, limitOpenWrites }: DialectParts,
): OpenAccess {
  // One for all requests: services hold no state, and REST uses no loaders, which do.
  const own = scopes.forViewer({ kind: 'service', clientId: `dialect:${name}`, scopes: new Set(granted) });
  const findWriter = async (request: Request) =>
    settings.openWrites ? own : scopes.forViewer(await viewerOf(request, scopes));
  return {
    read: (_request, response, next) => {
      response.locals['scope'] = own;
      next();
    },
    write: async (request, response, next) => {
      const anyRequest = request as Request; // the parameters of the path do not matter
      response.locals['scope'] = await findWriter(anyRequest);
      response.locals['take'] = () => runThrough(limitOpenWrites, anyRequest, response);
      next();
    },
  };
}

/** The scope of a request that `OpenAccess.read` let pass. */
export function readScopeOf(response: Response): RequestScope {
  return response.locals['scope'] as RequestScope; // put there by `OpenAccess`, which runs before every handler that asks
}

/**
 * The scope of a request that `OpenAccess.write` let pass, for one that is about to write: what is refused before costs
 * an address nothing.
 *
 * @throws RateLimitedError when the address has written too often
 */
export async function writeScopeOf(response: Response): Promise<RequestScope> {
  await (response.locals['take'] as () => Promise<void>)(); // put there together with the scope
  return readScopeOf(response);
}

function runThrough(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const passed = handler(request, response, (error?: Error | string) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error(error));
    });
    // A handler that fails instead of calling on.
    Promise.resolve(passed).catch(reject);
  });
}

/** Cookies do not count: these dialects answer browsers of any origin, which send them along unasked. */
async function viewerOf(request: Request, { authenticator }: Scopes): Promise<Viewer> {
  const apiKey = request.get('x-api-key');
  const authorization = request.get('authorization');
  const header = readBearer(authorization);
  const viewer =
    apiKey === undefined
      ? 'token' in header && (await authenticator.findByBearer(header.token))
      : await authenticator.findByApiKey(apiKey);
  if (!viewer) throw new UnauthenticatedError();
  return viewer;
}
