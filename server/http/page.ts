import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { notFound } from './fallback.js';

/** A folder that `npm run build` filled: pages, and next to them `assets/`, whose names change with their contents. */
export interface BuiltPages {
  readonly folder: string;
  /** Where workers may come from beside this very server, as the policy spells it (`blob:`). */
  readonly workers?: string;
}

/**
 * Shows one page of a folder; the browser asks each time whether it has changed. Everything on it is from this very
 * server, no other page may frame it, and no script may be written into it. Editors and viewers write style elements as
 * they go.
 */
export function showPage({ folder, workers }: BuiltPages, name: string): RequestHandler {
  const headers = {
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurityPolicy(workers),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
  return (_request, response) => response.sendFile(name, { root: folder, cacheControl: false, headers });
}

/** The files that the pages of a folder load, which browsers may keep for ever. */
export function serveAssets({ folder }: BuiltPages): Router {
  const files = express.static(join(folder, 'assets'), {
    index: false,
    redirect: false,
    immutable: true,
    maxAge: '1y',
    setHeaders: (response) => response.setHeader('x-content-type-options', 'nosniff'),
  });
  return Router().use(files, notFound);
}

function contentSecurityPolicy(workers: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    ["worker-src 'self'", workers].filter(Boolean).join(' '),
    "connect-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
