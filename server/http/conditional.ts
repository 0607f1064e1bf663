import { hash } from 'node:crypto';

/** The weak ETag of a text: the one that Express gives it. */
export function weakEtagOf(text: string | Buffer): string {
  return `W/${etagOf(text)}`;
}

/** The strong ETag of a text: its length and digest. */
export function etagOf(text: string | Buffer): string {
  return `"${Buffer.byteLength(text).toString(16)}-${hash('sha1', text, 'base64').slice(0, 27)}"`;
}

/**
 * Whether a client has what it asks for already (RFC 9110, 13.1.2). Express looks at it too, but not where
 * `Cache-Control: no-cache` stands beside it, which `fetch` adds by itself.
 *
 * @param ifNoneMatch the header of its request
 * @param etag of what it would be answered
 */
export function isKnown(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = opaqueOf(etag);
  return ifNoneMatch.split(',').some((tag) => opaqueOf(tag.trim()) === opaque);
}

/** Weak comparison: what may differ in bytes alone is the same. */
function opaqueOf(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}
