import { anyInstant, type Statement } from '../../support/conformance.js';
import { keys } from '../../support/http.js';
import type { WireRequest } from '../../support/wire.js';
import { invalidField, invalidValue, refused, unknownKey } from './wording.js';

const apiKey = keys.john;

/** Adds to John's list; the next free id is 10. */
function add(body: unknown, request: Partial<WireRequest> = {}): WireRequest {
  return { method: 'POST', path: '/watchlist/1/items', apiKey, body, ...request };
}

function added(movieId: number, title: string, watched = false) {
  return {
    status: 201,
    headers: { location: '/watchlist/1/items/10' },
    body: { id: 10, userId: 1, movieId, title, watched, createdAt: anyInstant },
  };
}

function listed(id: number, movieId: number, title: string, watched: boolean) {
  return { id, userId: 1, movieId, watched, createdAt: anyInstant, title };
}

function unprocessable(body: unknown) {
  return { status: 422, body };
}

const forbidden = { status: 403, body: refused('Forbidden') } as const;
const unauthorized = { status: 401, body: refused('Unauthorized') } as const;
const noMovie = { status: 404, body: refused('Movie not found') } as const;
const required = unprocessable(invalidField('movieId', 'any.required', 'is required', {}));
const list = { level: 'MUST', source: '1.8' } as const;
const post = { level: 'MUST', source: '1.9' } as const;

/** `GET /watchlist/:userId` and `POST /watchlist/:userId/items`. */
export const watchlistStatements: readonly Statement[] = [
  {
    ...list,
    id: 'MIMO-230',
    says: 'lists the own entries by id, each with its title last',
    request: { path: '/watchlist/1', apiKey },
    expect: {
      status: 200,
      body: {
        data: [
          listed(1, 3, 'Pulp Fiction', false),
          listed(2, 6, 'The Shawshank Redemption', true),
          listed(3, 10, 'Interstellar', false),
        ],
        pagination: { page: 1, limit: 10, total: 3, totalPages: 1 },
      },
    },
  },
  {
    ...list,
    id: 'MIMO-231',
    says: 'pages entries as films',
    request: { path: '/watchlist/1?page=2&limit=2', apiKey },
    expect: {
      status: 200,
      body: {
        data: [listed(3, 10, 'Interstellar', false)],
        pagination: { page: 2, limit: 2, total: 3, totalPages: 2 },
      },
    },
  },
  {
    ...list,
    id: 'MIMO-232',
    says: 'answers 403 to the list of someone else',
    request: { path: '/watchlist/2', apiKey },
    expect: forbidden,
  },
  {
    ...list,
    id: 'MIMO-233',
    says: 'answers 403, not 404, to the list of nobody',
    request: { path: '/watchlist/999', apiKey },
    expect: forbidden,
  },
  {
    ...list,
    id: 'MIMO-234',
    source: '1.8, M9',
    says: 'answers 403 to what is no user id',
    request: { path: '/watchlist/abc', apiKey },
    expect: forbidden,
  },
  {
    ...list,
    id: 'MIMO-235',
    source: '1.8, M10',
    says: 'answers 403 to a user id that only begins with the own one',
    request: { path: '/watchlist/1abc', apiKey },
    expect: forbidden,
  },
  {
    ...list,
    id: 'MIMO-236',
    says: 'answers 401 without a key',
    request: { path: '/watchlist/1' },
    expect: unauthorized,
  },
  {
    ...list,
    id: 'MIMO-237',
    says: 'answers 401 to POST /watchlist without a key',
    request: { method: 'POST', path: '/watchlist', body: {} },
    expect: unauthorized,
  },
  {
    ...post,
    id: 'MIMO-250',
    source: '1.9, M5',
    says: 'answers 201 with Location and the entry, title included',
    request: add({ movieId: 1 }),
    expect: added(1, 'Inception'),
  },
  {
    ...post,
    id: 'MIMO-251',
    says: 'reads a numeric string as the number',
    request: add({ movieId: '2' }),
    expect: added(2, 'The Dark Knight'),
  },
  {
    ...post,
    id: 'MIMO-252',
    source: 'M6',
    says: 'takes watched along',
    request: add({ movieId: 2, watched: true }),
    expect: added(2, 'The Dark Knight', true),
  },
  {
    ...post,
    id: 'MIMO-253',
    says: 'puts the entry at the end of the list',
    given: [add({ movieId: 25 })],
    request: { path: '/watchlist/1?page=4&limit=1', apiKey },
    expect: {
      status: 200,
      body: {
        data: [listed(10, 25, 'Parasite', false)],
        pagination: { page: 4, limit: 1, total: 4, totalPages: 4 },
      },
    },
  },
  { ...post, id: 'MIMO-254', says: 'answers 422 when the film is missing', request: add({}), expect: required },
  {
    ...post,
    id: 'MIMO-255',
    says: 'answers 422 to a film that is no number',
    request: add({ movieId: 'x' }),
    expect: unprocessable(invalidValue('movieId', 'number.base', 'must be a number', 'x')),
  },
  {
    ...post,
    id: 'MIMO-256',
    says: 'answers 422 to a film with decimals',
    request: add({ movieId: 1.5 }),
    expect: unprocessable(invalidValue('movieId', 'number.integer', 'must be an integer', 1.5)),
  },
  {
    ...post,
    id: 'MIMO-257',
    says: 'answers 422 to film 0',
    request: add({ movieId: 0 }),
    expect: unprocessable(invalidValue('movieId', 'number.positive', 'must be a positive number', 0)),
  },
  {
    ...post,
    id: 'MIMO-258',
    says: 'answers 422 to a film beyond exact integers',
    request: add('{"movieId":9007199254740993}'),
    expect: unprocessable(invalidValue('movieId', 'number.unsafe', 'must be a safe number', 9_007_199_254_740_992)),
  },
  {
    ...post,
    id: 'MIMO-259',
    says: 'answers 422 to an unknown key',
    request: add({ movieId: 1, userId: 2 }),
    expect: unprocessable(unknownKey('userId', 2)),
  },
  {
    ...post,
    id: 'MIMO-260',
    source: 'M6',
    says: 'answers 422 to watched that is no boolean',
    request: add({ movieId: 1, watched: 1 }),
    expect: unprocessable(invalidValue('watched', 'boolean.base', 'must be a boolean', 1)),
  },
  {
    ...post,
    id: 'MIMO-261',
    says: 'checks the key before the body',
    request: { method: 'POST', path: '/watchlist/1/items', body: {} },
    expect: unauthorized,
  },
  {
    ...post,
    id: 'MIMO-262',
    says: 'checks the body before it looks whose list it is',
    request: add({}, { path: '/watchlist/2/items' }),
    expect: required,
  },
  {
    ...post,
    id: 'MIMO-263',
    says: 'looks whose list it is before it looks for the film',
    request: add({ movieId: 999 }, { path: '/watchlist/2/items' }),
    expect: forbidden,
  },
  {
    ...post,
    id: 'MIMO-264',
    source: '1.9, M9',
    says: 'answers 403 to what is no user id',
    request: add({ movieId: 1 }, { path: '/watchlist/abc/items' }),
    expect: forbidden,
  },
  {
    ...post,
    id: 'MIMO-265',
    says: 'answers 404 when the film is not there',
    request: add({ movieId: 999 }),
    expect: noMovie,
  },
  {
    ...post,
    id: 'MIMO-266',
    says: 'answers 404 to a film id beyond every integer column',
    request: add({ movieId: 9_007_199_254_740_991 }),
    expect: noMovie,
  },
  {
    ...post,
    id: 'MIMO-267',
    says: 'answers 409 when the film is in the list',
    request: add({ movieId: 3 }),
    expect: { status: 409, body: refused('Movie already in watchlist') },
  },
];
