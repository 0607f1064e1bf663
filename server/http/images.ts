import { type RequestHandler, Router } from 'express';
import { anonymous } from '../domain/viewer.js';
import type { Logger } from '../logger.js';
import type { Scopes } from '../request-scope.js';
import { notFound } from './fallback.js';
import { sendFile } from './file.js';
import { answerFileErrors } from './file-errors.js';
import { drain } from './multipart.js';

/** What the images of a folder are served with. */
export interface ImagesRouterParts {
  readonly scopes: Scopes;
  readonly logger: Logger;
  /** Where the disk store keeps them. */
  readonly folder: string;
}

/** No key is ever used twice, so what was read once stays right. The content is an image, whatever the key ends in. */
const fixedHeaders = {
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
};

/** Images that are kept in a folder: reading them, and taking those that were announced (docs/images.md). */
export function createImagesRouter(parts: ImagesRouterParts): Router {
  const router = Router();
  router.get('/images/:prefix/:name', getImage(parts));
  router.put('/images/uploads/:token', putImage(parts));
  router.use('/images', notFound, answerFileErrors(parts.logger));
  return router;
}

function getImage({ scopes, folder }: ImagesRouterParts): RequestHandler<{ prefix: string; name: string }> {
  const { images } = scopes.forViewer(anonymous);
  return async (request, response, next) => {
    const { prefix, name } = request.params;
    const key = `${prefix}/${name}`;
    const contentType = await images.findType(key);
    if (!contentType) return next();
    sendFile(response, { folder, path: key, headers: { ...fixedHeaders, 'content-type': contentType } }, next);
  };
}

function putImage({ scopes }: ImagesRouterParts): RequestHandler<{ token: string }> {
  const { imageUploads } = scopes.forViewer(anonymous);
  return async (request, response) => {
    try {
      // What reads it stops where it will, but the request must stay: an answer goes out on it.
      await imageUploads.receive(request.params.token, request.iterator({ destroyOnReturn: false }));
    } catch (error) {
      drain(request);
      throw error;
    }
    response.status(204).end();
  };
}
