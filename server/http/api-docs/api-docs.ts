import { type Response, Router } from 'express';
import { mergeDocuments } from './merge-documents.js';
import type { ApiDocument } from './open-api.js';

const info = {
  title: 'Filmgraph: the REST APIs',
  version: '1.0.0',
  description:
    'The REST APIs of older systems, as they are documented, over one film platform, and what the server serves beside them. New clients should use GraphQL at `/graphql`.',
} as const;

/** Serves the document of each API at `/openapi/<name>.json`, and one of all of them at `/openapi.json`. */
export function createApiDocsRouter(documents: readonly ApiDocument[]): Router {
  const all = JSON.stringify(mergeDocuments(info, documents));
  const each = new Map(documents.map(({ name, document }) => [name, JSON.stringify(document)]));
  const router = Router();
  router.get('/openapi.json', (_request, response) => sendDocument(response, all));
  router.get('/openapi/:name.json', (request, response, next) => {
    const document = each.get(request.params.name);
    if (document === undefined) return next();
    sendDocument(response, document);
  });
  return router;
}

function sendDocument(response: Response, text: string): void {
  response.set('cache-control', 'no-cache').type('json').send(text);
}
