import { Router } from 'express';
import type { StorageConfig } from '../config.js';
import type { Logger } from '../logger.js';
import type { Scopes } from '../request-scope.js';
import { openMediaStore } from '../storage/media-store.js';
import { createImagesRouter } from './images.js';
import { createMediaRouter } from './media.js';

/** What images and films are served with. */
export interface FilesRouterParts {
  readonly scopes: Scopes;
  readonly logger: Logger;
  readonly storage: StorageConfig;
  /** Whether session cookies travel over HTTPS only. */
  readonly secureCookies: boolean;
}

/** Films and, where no bucket serves them, images. */
export function createFilesRouter({ storage, ...parts }: FilesRouterParts): Router {
  const router = Router();
  if (storage.kind === 'disk') router.use(createImagesRouter({ ...parts, folder: storage.imagesFolder }));
  router.use(createMediaRouter({ ...parts, media: openMediaStore(storage) }));
  return router;
}
