/** What an `Authorization` header holds for a bearer scheme (RFC 6750, 2.1). */
export type BearerHeader = { readonly token: string } | { readonly fault: 'missing' | 'malformed' };

/** Reads an `Authorization` header: two parts, of which the first is `Bearer` in any case. */
export function readBearer(header: string | undefined): BearerHeader {
  if (!header) return { fault: 'missing' };
  const [scheme, token, ...rest] = header.split(/\s+/).filter(Boolean);
  if (token === undefined || rest.length > 0 || scheme?.toLowerCase() !== 'bearer') return { fault: 'malformed' };
  return { token };
}
