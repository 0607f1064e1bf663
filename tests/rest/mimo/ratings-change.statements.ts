import { anyInstant, type Statement } from '../../support/conformance.js';
import { keys } from '../../support/http.js';
import type { WireRequest } from '../../support/wire.js';
import { film, firstRating, invalid, invalidField, refused, unknownKey } from './wording.js';

const path = '/movies/1/ratings/1';

/** Changes the first rating, which is John's. */
function change(body: unknown, request: Partial<WireRequest> = {}): WireRequest {
  return { method: 'PATCH', path, apiKey: keys.john, body, ...request };
}

/** Deletes the first rating, which is John's. */
function remove(request: Partial<WireRequest> = {}): WireRequest {
  return { method: 'DELETE', path, apiKey: keys.john, ...request };
}

const notFound = { status: 404, body: refused('Rating not found') } as const;
const forbidden = { status: 403, body: refused('Forbidden') } as const;
const unauthorized = { status: 401, body: refused('Unauthorized') } as const;
const aboveFive = {
  status: 422,
  body: invalidField('rating', 'number.max', 'must be less than or equal to 5', { limit: 5, value: 6 }),
} as const;
const patch = { level: 'MUST', source: '1.6' } as const;
const del = { level: 'MUST', source: '1.7' } as const;

/** `PATCH` and `DELETE /movies/:movieId/ratings/:ratingId`. */
export const ratingChangeStatements: readonly Statement[] = [
  {
    ...patch,
    id: 'MIMO-180',
    says: 'answers 200 with the whole rating in the order of reads',
    request: change({ rating: 2.5, comment: 'again' }),
    expect: { status: 200, body: { ...firstRating, rating: 2.5, comment: 'again' } },
  },
  {
    ...patch,
    id: 'MIMO-181',
    source: '1.6, M7',
    says: 'leaves the rating as it is when only the comment is sent',
    request: change({ comment: 'again' }),
    expect: { status: 200, body: { ...firstRating, comment: 'again' } },
  },
  {
    ...patch,
    id: 'MIMO-182',
    source: '1.6, M7',
    says: 'leaves the comment as it is when only the rating is sent',
    request: change({ rating: '2.5' }),
    expect: { status: 200, body: { ...firstRating, rating: 2.5 } },
  },
  {
    ...patch,
    id: 'MIMO-183',
    says: 'clears the comment with null',
    request: change({ comment: null }),
    expect: { status: 200, body: { ...firstRating, comment: null } },
  },
  {
    ...patch,
    id: 'MIMO-184',
    source: '1.6, M7',
    says: 'changes nothing with an empty object',
    request: change({}),
    expect: { status: 200, body: firstRating },
  },
  {
    ...patch,
    id: 'MIMO-185',
    source: '1.5, 1.6',
    says: 'refuses a body of another content type, rather than answering as if it had been read',
    request: change('{"rating":1}', { headers: { 'content-type': 'text/plain' } }),
    expect: {
      status: 422,
      body: invalid([], 'object.base', '"value" must be of type object', { type: 'object', label: 'value', value: '' }),
    },
  },
  {
    ...patch,
    id: 'MIMO-197',
    source: '1.6, M7',
    says: 'changes nothing without a body',
    request: { method: 'PATCH', path, apiKey: keys.john },
    expect: { status: 200, body: firstRating },
  },
  {
    ...patch,
    id: 'MIMO-186',
    source: '1.1, 1.6',
    says: 'counts at once for the average of the film',
    given: [change({ rating: 1 })],
    request: { path: '/movies/1' },
    expect: { status: 200, body: { ...film(1), rating: 2.5 } },
  },
  {
    ...patch,
    id: 'MIMO-187',
    says: 'has the limits of a new rating',
    request: change({ rating: 6 }),
    expect: aboveFive,
  },
  {
    ...patch,
    id: 'MIMO-188',
    says: 'answers 422 to an unknown key',
    request: change({ movieId: 2 }),
    expect: { status: 422, body: unknownKey('movieId', 2) },
  },
  {
    ...patch,
    id: 'MIMO-189',
    says: 'checks the key before the body',
    request: { method: 'PATCH', path, body: { rating: 6 } },
    expect: unauthorized,
  },
  {
    ...patch,
    id: 'MIMO-190',
    says: 'checks the body before it looks for the rating',
    request: change({ rating: 6 }, { path: '/movies/1/ratings/999' }),
    expect: aboveFive,
  },
  {
    ...patch,
    id: 'MIMO-191',
    says: 'checks the body before it looks whose rating it is',
    request: change({ rating: 6 }, { apiKey: keys.jane }),
    expect: aboveFive,
  },
  {
    ...patch,
    id: 'MIMO-192',
    says: 'answers 404 when the rating is not there',
    request: change({ rating: 1 }, { path: '/movies/1/ratings/999' }),
    expect: notFound,
  },
  {
    ...patch,
    id: 'MIMO-193',
    says: 'answers 404, not 403, when the rating is of another film',
    request: change({ rating: 1 }, { path: '/movies/2/ratings/1', apiKey: keys.jane }),
    expect: notFound,
  },
  {
    ...patch,
    id: 'MIMO-194',
    says: 'answers 403 to anyone but the author',
    request: change({ rating: 1 }, { apiKey: keys.jane }),
    expect: forbidden,
  },
  {
    ...patch,
    id: 'MIMO-195',
    source: 'M9, M10',
    says: 'answers 400 to what is no rating id',
    request: change({ rating: 1 }, { path: '/movies/1/ratings/1abc' }),
    expect: { status: 400, body: refused('Invalid rating id') },
  },
  {
    ...patch,
    id: 'MIMO-196',
    source: 'M9',
    says: 'answers 404 to a rating id beyond every integer type',
    request: change({ rating: 1 }, { path: '/movies/1/ratings/99999999999999999999' }),
    expect: notFound,
  },
  {
    ...del,
    id: 'MIMO-210',
    says: 'answers 204 without a body',
    request: remove(),
    expect: { status: 204, headers: { vary: 'Accept', 'content-length': undefined } },
  },
  {
    ...del,
    id: 'MIMO-211',
    says: 'deletes the rating',
    given: [remove()],
    request: { path },
    expect: notFound,
  },
  {
    ...del,
    id: 'MIMO-212',
    source: '1.1, 1.7',
    says: 'counts at once for the average of the film',
    given: [remove()],
    request: { path: '/movies/1' },
    expect: { status: 200, body: { ...film(1), rating: 4 } },
  },
  {
    ...del,
    id: 'MIMO-213',
    source: '1.1, 1.7',
    says: 'leaves a film unrated with its last rating',
    given: [remove({ path: '/movies/4/ratings/3' })],
    request: { path: '/movies/4' },
    expect: { status: 200, body: { ...film(4), rating: null } },
  },
  {
    ...del,
    id: 'MIMO-214',
    says: 'answers 404 the second time',
    given: [remove()],
    request: remove(),
    expect: notFound,
  },
  {
    ...del,
    id: 'MIMO-215',
    says: 'answers 401 without a key',
    request: { method: 'DELETE', path },
    expect: unauthorized,
  },
  {
    ...del,
    id: 'MIMO-216',
    says: 'answers 403 to anyone but the author',
    request: remove({ apiKey: keys.jane }),
    expect: forbidden,
  },
  {
    ...del,
    id: 'MIMO-217',
    says: 'answers 404, not 403, when the rating is of another film',
    request: remove({ path: '/movies/2/ratings/1', apiKey: keys.jane }),
    expect: notFound,
  },
  {
    ...del,
    id: 'MIMO-218',
    source: 'M9',
    says: 'answers 400 to what is no rating id',
    request: remove({ path: '/movies/1/ratings/abc' }),
    expect: { status: 400, body: refused('Invalid rating id') },
  },
  {
    ...del,
    id: 'MIMO-219',
    source: '1.5, 1.7',
    says: 'lets a film be rated again after its rating is deleted',
    given: [remove()],
    request: { method: 'POST', path: '/movies/1/ratings', apiKey: keys.john, body: { rating: 3 } },
    expect: {
      status: 201,
      headers: { location: '/movies/1/ratings/11' },
      body: { createdAt: anyInstant, id: 11, movieId: 1, userId: 1, rating: 3 },
    },
  },
];
