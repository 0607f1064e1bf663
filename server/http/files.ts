import { type RequestHandler, Router } from 'express';
import type { StorageConfig } from '../config/storage.js';
import type { Logger } from '../logger.js';
import type { Scopes } from '../request-scope.js';
import { openMediaStore } from '../storage/open-store.js';
import { answerFileErrors } from './file-errors.js';
import { createImagesRouter } from './images.js';
import { createMediaRouter } from './media.js';

/** What images and films are served with. */
export interface FilesRouterParts {
  readonly scopes: Scopes;
  readonly logger: Logger;
  readonly storage: StorageConfig;
  /** Whether session cookies travel over HTTPS only. */
  readonly secureCookies: boolean;
  /** What every request passes first. */
  readonly gate: readonly RequestHandler[];
}

/** Every path below these is served here. */
const paths = ['/images', '/media'];

/** Films and, where no bucket serves them, images. */
export async function createFilesRouter({ storage, gate, ...parts }: FilesRouterParts): Promise<Router> {
  const router = Router();
  router.use(paths, ...gate, answerFileErrors(parts.logger));
  if (storage.kind === 'disk') router.use(createImagesRouter({ ...parts, folder: storage.imagesFolder }));
  router.use(createMediaRouter({ ...parts, media: await openMediaStore(storage) }));
  return router;
}
