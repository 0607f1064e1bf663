import { anyInstant, type Statement } from '../../support/conformance.js';
import { keys } from '../../support/http.js';
import type { WireRequest } from '../../support/wire.js';
import { film, invalid, invalidField, invalidValue, refused, unknownKey } from './wording.js';

/** Rates film 5, which John has not rated: the next free id is 11. */
function rate(body: unknown, request: Partial<WireRequest> = {}): WireRequest {
  return { method: 'POST', path: '/movies/5/ratings', apiKey: keys.john, body, ...request };
}

function created(content: object) {
  return {
    status: 201,
    headers: { location: '/movies/5/ratings/11' },
    body: { createdAt: anyInstant, id: 11, movieId: 5, userId: 1, ...content },
  };
}

function unprocessable(body: unknown) {
  return { status: 422, body };
}

const required = unprocessable(invalidField('rating', 'any.required', 'is required', {}));
const base = { level: 'MUST', source: '1.5' } as const;

/** `POST /movies/:movieId/ratings`. */
export const ratingCreateStatements: readonly Statement[] = [
  {
    ...base,
    id: 'MIMO-130',
    says: 'answers 201 with Location and the new rating',
    request: rate({ rating: 4, comment: 'hey' }),
    expect: created({ rating: 4, comment: 'hey' }),
  },
  {
    ...base,
    id: 'MIMO-131',
    says: 'leaves the comment out of the answer when none was sent',
    request: rate({ rating: 0 }),
    expect: created({ rating: 0 }),
  },
  {
    ...base,
    id: 'MIMO-132',
    says: 'accepts a null comment',
    request: rate({ rating: 5, comment: null }),
    expect: created({ rating: 5, comment: null }),
  },
  {
    ...base,
    id: 'MIMO-133',
    says: 'accepts an empty comment',
    request: rate({ rating: 5, comment: '' }),
    expect: created({ rating: 5, comment: '' }),
  },
  {
    ...base,
    id: 'MIMO-134',
    source: '1.5, M15',
    says: 'reads a numeric string as the number',
    request: rate({ rating: '4.25' }),
    expect: created({ rating: 4.25 }),
  },
  {
    ...base,
    id: 'MIMO-135',
    says: 'accepts a comment of 500 characters',
    request: rate({ rating: 4, comment: 'é'.repeat(500) }),
    expect: created({ rating: 4, comment: 'é'.repeat(500) }),
  },
  {
    ...base,
    id: 'MIMO-136',
    says: 'stores a comment as it is, whatever its script',
    given: [rate({ rating: 4, comment: ' 😀 "\\\n ١ ' })],
    request: { path: '/movies/5/ratings/11' },
    expect: {
      status: 200,
      body: { id: 11, movieId: 5, userId: 1, rating: 4, comment: ' 😀 "\\\n ١ ', createdAt: anyInstant },
    },
  },
  {
    ...base,
    id: 'MIMO-137',
    source: '1.1, 1.5',
    says: 'counts at once for the average of the film',
    given: [rate({ rating: 4.51 })],
    request: { path: '/movies/5' },
    expect: { status: 200, body: { ...film(5), rating: 4.755 } },
  },
  {
    ...base,
    id: 'MIMO-138',
    says: 'answers 422 to a rating above 5',
    request: rate({ rating: 10 }),
    expect: unprocessable(
      invalidField('rating', 'number.max', 'must be less than or equal to 5', { limit: 5, value: 10 }),
    ),
  },
  {
    ...base,
    id: 'MIMO-139',
    says: 'answers 422 to a rating below 0',
    request: rate({ rating: -1 }),
    expect: unprocessable(
      invalidField('rating', 'number.min', 'must be greater than or equal to 0', { limit: 0, value: -1 }),
    ),
  },
  {
    ...base,
    id: 'MIMO-140',
    says: 'answers 422 when the rating is missing',
    request: rate({ comment: 'hey' }),
    expect: required,
  },
  {
    ...base,
    id: 'MIMO-141',
    says: 'answers 422 to a rating that is no number',
    request: rate({ rating: 'great' }),
    expect: unprocessable(invalidValue('rating', 'number.base', 'must be a number', 'great')),
  },
  {
    ...base,
    id: 'MIMO-142',
    says: 'answers 422 to a null rating',
    request: rate({ rating: null }),
    expect: unprocessable(invalidValue('rating', 'number.base', 'must be a number', null)),
  },
  {
    ...base,
    id: 'MIMO-143',
    says: 'answers 422 to an infinite rating',
    request: rate('{"rating":1e999}'),
    expect: unprocessable(invalidValue('rating', 'number.infinity', 'cannot be infinity', null)),
  },
  {
    ...base,
    id: 'MIMO-144',
    source: '1.5; scores have two decimals',
    says: 'answers 422 to more than two decimals instead of rounding',
    request: rate({ rating: 4.255 }),
    expect: unprocessable(
      invalidField('rating', 'number.precision', 'must have no more than 2 decimal places', { limit: 2, value: 4.255 }),
    ),
  },
  {
    ...base,
    id: 'MIMO-145',
    says: 'answers 422 to a comment that is no string',
    request: rate({ rating: 4, comment: 7 }),
    expect: unprocessable(invalidValue('comment', 'string.base', 'must be a string', 7)),
  },
  {
    ...base,
    id: 'MIMO-146',
    says: 'answers 422 to a comment of 501 characters',
    request: rate({ rating: 4, comment: 'a'.repeat(501) }),
    expect: unprocessable(
      invalid(['comment'], 'string.max', '"comment" length must be less than or equal to 500 characters long', {
        limit: 500,
        value: 'a'.repeat(501),
        label: 'comment',
        key: 'comment',
      }),
    ),
  },
  {
    ...base,
    id: 'MIMO-147',
    says: 'answers 422 to an unknown key',
    request: rate({ rating: 4, extra: 1 }),
    expect: unprocessable(unknownKey('extra', 1)),
  },
  {
    ...base,
    id: 'MIMO-148',
    says: 'lets no one choose ids or authors',
    request: rate({ rating: 4, userId: 2 }),
    expect: unprocessable(unknownKey('userId', 2)),
  },
  {
    ...base,
    id: 'MIMO-149',
    says: 'answers 422 to an array',
    request: rate([]),
    expect: unprocessable(
      invalid([], 'object.base', '"value" must be of type object', { type: 'object', label: 'value', value: [] }),
    ),
  },
  {
    ...base,
    id: 'MIMO-150',
    says: 'reads a body of another content type as an empty one',
    request: rate('{"rating":4}', { headers: { 'content-type': 'text/plain' } }),
    expect: required,
  },
  {
    ...base,
    id: 'MIMO-151',
    says: 'reads no body as an empty one',
    request: { method: 'POST', path: '/movies/5/ratings', apiKey: keys.john },
    expect: required,
  },
  {
    ...base,
    id: 'MIMO-152',
    source: '0.3, 1.5',
    says: 'reports the first wrong field only',
    request: rate({ rating: 9, comment: 7, extra: 1 }),
    expect: unprocessable(
      invalidField('rating', 'number.max', 'must be less than or equal to 5', { limit: 5, value: 9 }),
    ),
  },
  {
    ...base,
    id: 'MIMO-153',
    says: 'answers 422 to a comment with NUL, which no engine keeps',
    request: rate({ rating: 4, comment: 'a\0b' }),
    expect: unprocessable(invalidValue('comment', 'any.invalid', 'contains an invalid value', 'a\0b')),
  },
  {
    ...base,
    id: 'MIMO-154',
    says: 'answers 422 to a comment with half a surrogate pair, which no engine keeps',
    request: rate('{"rating":4,"comment":"\\ud800"}'),
    expect: unprocessable(invalidValue('comment', 'any.invalid', 'contains an invalid value', '\ud800')),
  },
  {
    ...base,
    id: 'MIMO-155',
    says: 'checks the key before the body',
    request: { method: 'POST', path: '/movies/5/ratings', body: { rating: 10 } },
    expect: { status: 401, body: refused('Unauthorized') },
  },
  {
    ...base,
    id: 'MIMO-156',
    says: 'checks the body before it looks for the film',
    request: rate({}, { path: '/movies/999/ratings' }),
    expect: required,
  },
  {
    ...base,
    id: 'MIMO-157',
    says: 'answers 404 when the film is not there',
    request: rate({ rating: 4 }, { path: '/movies/999/ratings' }),
    expect: { status: 404, body: refused('Movie not found') },
  },
  {
    ...base,
    id: 'MIMO-158',
    says: 'answers 409 when the user has rated the film',
    request: rate({ rating: 4 }, { path: '/movies/1/ratings' }),
    expect: { status: 409, body: refused('Movie already rated by user') },
  },
  {
    ...base,
    id: 'MIMO-159',
    source: 'M9, M10',
    says: 'answers 400 to what is no film id',
    request: rate({ rating: 4 }, { path: '/movies/1abc/ratings' }),
    expect: { status: 400, body: refused('Invalid movie id') },
  },
  {
    ...base,
    id: 'MIMO-160',
    level: 'SHOULD',
    source: 'M9',
    says: 'checks the key before the ids of the path, and those before the body',
    request: rate({ rating: 10 }, { path: '/movies/abc/ratings' }),
    expect: { status: 400, body: refused('Invalid movie id') },
  },
  {
    ...base,
    id: 'MIMO-161',
    source: 'M9',
    says: 'answers 404 to a film id beyond every integer type',
    request: rate({ rating: 4 }, { path: '/movies/99999999999999999999/ratings' }),
    expect: { status: 404, body: refused('Movie not found') },
  },
];
