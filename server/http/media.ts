import { type Request, type RequestHandler, Router } from 'express';
import { NotFoundError } from '../domain/errors.js';
import type { Logger } from '../logger.js';
import type { Scopes } from '../request-scope.js';
import type { MediaStore } from '../storage/media-store.js';
import { readCredentials } from './credentials.js';
import { notFound } from './fallback.js';
import { sendFile } from './file.js';
import { answerFileErrors } from './file-errors.js';
import { findViewer } from './viewer.js';

/** What films are served with. */
export interface MediaRouterParts {
  readonly scopes: Scopes;
  readonly logger: Logger;
  readonly media: MediaStore;
  /** Whether session cookies travel over HTTPS only. */
  readonly secureCookies: boolean;
}

/** Films for those who are logged in: their bytes, or where these are (docs/streaming.md). */
export function createMediaRouter(parts: MediaRouterParts): Router {
  const router = Router();
  router.get('/media/movies/:id', getFilm(parts));
  router.use('/media', notFound, answerFileErrors(parts.logger));
  return router;
}

function getFilm({ scopes, media, secureCookies }: MediaRouterParts): RequestHandler<{ id: string }> {
  return async (request, response, next) => {
    response.set({ 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' });
    response.vary('Cookie, Authorization, x-api-key');
    const { movies } = scopes.forViewer(await findViewer(scopes, readCredentials(request, secureCookies)));
    const content = await movies.getContent(readId(request.params.id));
    if (/^https?:\/\//i.test(content)) return response.redirect(302, content);
    const source = await media.find(content);
    if (!source) throw new NotFoundError('movie');
    if (source.kind === 'link') return response.set('cache-control', 'no-store').redirect(302, source.url);
    clampSuffix(request, source.bytes);
    sendFile(response, { ...source, headers: { etag: source.etag } }, next);
  };
}

/** The last N bytes of a film that has fewer are all of it (RFC 9110, 14.1.2); Express's file sender finds none. */
function clampSuffix({ headers }: Request<{ id: string }>, bytes: number): void {
  const suffix = /^bytes=-(\d+)$/.exec(headers.range ?? '')?.[1];
  if (suffix !== undefined && Number(suffix) > bytes) headers.range = `bytes=-${bytes}`;
}

/** @throws NotFoundError (movie): anything that is no id names no film */
function readId(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new NotFoundError('movie');
  return Number(text);
}
