import { anyInstant, type Statement } from '../../support/conformance.js';
import { keys } from '../../support/http.js';
import type { WireRequest } from '../../support/wire.js';
import { invalidField, invalidValue, refused, unknownKey } from './wording.js';

const path = '/watchlist/1/items/1';
const apiKey = keys.john;

/** Changes the first entry, which is John's. */
function change(body: unknown, request: Partial<WireRequest> = {}): WireRequest {
  return { method: 'PATCH', path, apiKey, body, ...request };
}

/** Removes the first entry, which is John's. */
function remove(request: Partial<WireRequest> = {}): WireRequest {
  return { method: 'DELETE', path, apiKey, ...request };
}

function changed(watched: boolean) {
  return {
    status: 200,
    body: { id: 1, userId: 1, movieId: 3, title: 'Pulp Fiction', watched, createdAt: anyInstant },
  };
}

const invalidId = { status: 400, body: refused('Invalid item id') } as const;
const notFound = { status: 404, body: refused('Watchlist item not found') } as const;
const forbidden = { status: 403, body: refused('Forbidden') } as const;
const unauthorized = { status: 401, body: refused('Unauthorized') } as const;
const required = { status: 422, body: invalidField('watched', 'any.required', 'is required', {}) } as const;
const patch = { level: 'MUST', source: '1.10' } as const;
const del = { level: 'MUST', source: '1.11' } as const;

/** `PATCH` and `DELETE /watchlist/:userId/items/:itemId`. */
export const watchlistItemStatements: readonly Statement[] = [
  {
    ...patch,
    id: 'MIMO-280',
    source: '1.10, M5',
    says: 'answers 200 with the entry, title included',
    request: change({ watched: true }),
    expect: changed(true),
  },
  {
    ...patch,
    id: 'MIMO-281',
    says: 'changes nothing when it is so already',
    request: change({ watched: false }),
    expect: changed(false),
  },
  {
    ...patch,
    id: 'MIMO-282',
    says: 'reads "true" in any case as true',
    request: change({ watched: 'TRUE' }),
    expect: changed(true),
  },
  {
    ...patch,
    id: 'MIMO-283',
    says: 'reads "false" in any case as false',
    given: [change({ watched: true })],
    request: change({ watched: 'False' }),
    expect: changed(false),
  },
  { ...patch, id: 'MIMO-284', says: 'answers 422 when watched is missing', request: change({}), expect: required },
  {
    ...patch,
    id: 'MIMO-285',
    says: 'answers 422 to watched that is no boolean',
    request: change({ watched: 'yes' }),
    expect: { status: 422, body: invalidValue('watched', 'boolean.base', 'must be a boolean', 'yes') },
  },
  {
    ...patch,
    id: 'MIMO-286',
    says: 'answers 422 to an unknown key',
    request: change({ watched: true, movieId: 2 }),
    expect: { status: 422, body: unknownKey('movieId', 2) },
  },
  {
    ...patch,
    id: 'MIMO-287',
    says: 'checks the key before the body',
    request: { method: 'PATCH', path, body: {} },
    expect: unauthorized,
  },
  {
    ...patch,
    id: 'MIMO-288',
    says: 'checks the body before it looks whose list it is',
    request: change({}, { path: '/watchlist/2/items/4' }),
    expect: required,
  },
  {
    ...patch,
    id: 'MIMO-289',
    says: 'looks whose list it is before it looks for the entry',
    request: change({ watched: true }, { path: '/watchlist/2/items/999' }),
    expect: forbidden,
  },
  {
    ...patch,
    id: 'MIMO-290',
    says: 'answers 404 when the entry is not there',
    request: change({ watched: true }, { path: '/watchlist/1/items/999' }),
    expect: notFound,
  },
  {
    ...patch,
    id: 'MIMO-291',
    says: 'answers 404 to an entry of another list',
    request: change({ watched: true }, { path: '/watchlist/1/items/4' }),
    expect: notFound,
  },
  {
    ...patch,
    id: 'MIMO-292',
    source: 'M9, M10',
    says: 'answers 400 to what is no entry id',
    request: change({ watched: true }, { path: '/watchlist/1/items/1abc' }),
    expect: invalidId,
  },
  {
    ...patch,
    id: 'MIMO-293',
    level: 'SHOULD',
    source: 'M9',
    says: 'checks the ids of the path before the body and the owner',
    request: change({}, { path: '/watchlist/2/items/abc' }),
    expect: invalidId,
  },
  {
    ...patch,
    id: 'MIMO-294',
    source: 'M9',
    says: 'answers 404 to an entry id beyond every integer type',
    request: change({ watched: true }, { path: '/watchlist/1/items/99999999999999999999' }),
    expect: notFound,
  },
  {
    ...del,
    id: 'MIMO-310',
    says: 'answers 204 without a body',
    request: remove(),
    expect: { status: 204, headers: { vary: 'Accept', 'content-length': undefined } },
  },
  {
    ...del,
    id: 'MIMO-311',
    says: 'takes the entry off the list',
    given: [remove(), remove({ path: '/watchlist/1/items/2' }), remove({ path: '/watchlist/1/items/3' })],
    request: { path: '/watchlist/1', apiKey },
    expect: { status: 200, body: { data: [], pagination: { page: 1, limit: 10, total: 0, totalPages: 0 } } },
  },
  {
    ...del,
    id: 'MIMO-312',
    says: 'answers 404 the second time',
    given: [remove()],
    request: remove(),
    expect: notFound,
  },
  {
    ...del,
    id: 'MIMO-313',
    says: 'answers 401 without a key',
    request: { method: 'DELETE', path },
    expect: unauthorized,
  },
  {
    ...del,
    id: 'MIMO-314',
    says: 'answers 403 to the list of someone else',
    request: remove({ path: '/watchlist/2/items/4' }),
    expect: forbidden,
  },
  {
    ...del,
    id: 'MIMO-315',
    says: 'answers 404 to an entry of another list',
    request: remove({ path: '/watchlist/1/items/4' }),
    expect: notFound,
  },
  {
    ...del,
    id: 'MIMO-316',
    source: 'M9',
    says: 'answers 400 to what is no entry id',
    request: remove({ path: '/watchlist/1/items/abc' }),
    expect: invalidId,
  },
  {
    ...del,
    id: 'MIMO-317',
    source: '1.9, 1.11',
    says: 'lets a film be added again after it was removed',
    given: [remove()],
    request: { method: 'POST', path: '/watchlist/1/items', apiKey, body: { movieId: 3 } },
    expect: {
      status: 201,
      headers: { location: '/watchlist/1/items/10' },
      body: { id: 10, userId: 1, movieId: 3, title: 'Pulp Fiction', watched: false, createdAt: anyInstant },
    },
  },
];
