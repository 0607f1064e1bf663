import type { Request } from 'express';
import type { OffsetRequest } from '../../domain/page.js';
import { type Validated, validateAll } from '../shared/pydantic.js';
import { validateInteger } from '../shared/pydantic-values.js';
import { lastParameters } from '../shared/query.js';

/** Songs on a page when a client says only where it begins. */
const defaultLimit = 100;
const maxLimit = 1000;

/**
 * Which page of the songs a client asked for; undefined asks for all of them, as clients that know no pages do
 * (Music A6).
 */
export function validatePage(request: Pick<Request, 'originalUrl'>): Validated<OffsetRequest | undefined> {
  const parameters = lastParameters(request);
  if (!parameters.has('limit') && !parameters.has('offset')) return { value: undefined };
  const fields = validateAll({
    limit: validateInteger(['query', 'limit'], parameters.get('limit') ?? String(defaultLimit), {
      ge: 1,
      le: maxLimit,
    }),
    offset: validateInteger(['query', 'offset'], parameters.get('offset') ?? '0', { ge: 0 }),
  });
  if ('items' in fields) return fields;
  const { limit, offset } = fields.value;
  return { value: { limit: Number(limit), offset: Math.min(Number(offset), Number.MAX_SAFE_INTEGER) } };
}

/** The pages around one, as far as there are any (RFC 8288). */
export function linksOf({ limit, offset }: OffsetRequest, total: number): string {
  const last = Math.max(0, Math.floor((total - 1) / limit) * limit);
  const starts = {
    first: 0,
    prev: offset > 0 ? Math.max(0, Math.min(offset, last + limit) - limit) : undefined,
    next: offset + limit < total ? offset + limit : undefined,
    last,
  };
  return Object.entries(starts)
    .filter(([, start]) => start !== undefined)
    .map(([rel, start]) => `</musica?limit=${limit}&offset=${start}>; rel="${rel}"`)
    .join(', ');
}
