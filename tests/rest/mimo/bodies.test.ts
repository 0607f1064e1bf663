import { describe, expect, test } from '@jest/globals';
import { parseBody } from '../../../server/rest/mimo/body.js';
import { presentMovie } from '../../../server/rest/mimo/movies.presenter.js';
import { newRatingSchema, ratingChangeSchema } from '../../../server/rest/mimo/ratings.schema.js';
import { itemChangeSchema, newItemSchema } from '../../../server/rest/mimo/watchlist.schema.js';

/** The type of Joi's detail that a body is refused with. */
const sent = (body: unknown) => ({ body, headers: {} });

function refusalOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return (error as { answer: { body: { error: { type: string }[] } } }).answer.body.error[0]?.type; // parseBody throws nothing else
  }
}

describe('a rating', () => {
  test.each([0, 5, 0.01, 0.1, 0.29, 1.15, 4.35, 4.99, '4', ' 4.250 ', '5e0'])('may be %j', (rating) => {
    expect(parseBody(newRatingSchema, sent({ rating }))).toEqual({ rating: Number(rating) });
  });

  test('may be every hundredth from 0 to 5', () => {
    const scores = Array.from({ length: 501 }, (_, hundredths) => hundredths / 100);
    expect(scores.filter((rating) => refusalOf(() => parseBody(newRatingSchema, sent({ rating }))))).toEqual([]);
  });

  test.each([
    [5.01, 'number.max'],
    [5.0000001, 'number.max'],
    [-0.0000001, 'number.min'],
    [0.0000001, 'number.precision'],
    [4.999, 'number.precision'],
    ['4.255', 'number.precision'],
    [0.1 + 0.2, 'number.precision'],
    [1e308, 'number.unsafe'],
    ['', 'number.base'],
    ['NaN', 'number.base'],
    [true, 'number.base'],
    [[4], 'number.base'],
    [{ $gt: 0 }, 'number.base'],
    [undefined, 'any.required'],
  ])('may not be %j: %s', (rating, type) => {
    expect(refusalOf(() => parseBody(newRatingSchema, sent({ rating })))).toBe(type);
  });
});

describe('a change of a rating', () => {
  test.each([undefined, {}, { rating: 1 }, { comment: null }, { comment: '' }])('may be %j', (body) => {
    expect(parseBody(ratingChangeSchema, sent(body))).toEqual(body ?? {});
  });

  test.each([
    [{ rating: null }, 'number.base'],
    [{ comment: 1 }, 'string.base'],
    [{ comment: 'a\0' }, 'any.invalid'],
    [{ comment: '😀'.repeat(251) }, 'string.max'],
    [[], 'object.base'],
    ['x', 'object.base'],
  ])('may not be %j: %s', (body, type) => {
    expect(refusalOf(() => parseBody(ratingChangeSchema, sent(body)))).toBe(type);
  });
});

describe('a watchlist entry', () => {
  test('is unwatched unless it says so', () => {
    expect(parseBody(newItemSchema, sent({ movieId: '7' }))).toEqual({ movieId: 7, watched: false });
    expect(parseBody(newItemSchema, sent({ movieId: 7, watched: 'true' }))).toEqual({ movieId: 7, watched: true });
  });

  test('changes only by saying whether it is watched', () => {
    expect(parseBody(itemChangeSchema, sent({ watched: 'FALSE' }))).toEqual({ watched: false });
    expect(refusalOf(() => parseBody(itemChangeSchema, sent({ watched: null })))).toBe('boolean.base');
  });
});

describe('a film', () => {
  const movie = { id: 7, title: 'Film', primaryGenre: null, durationMinutes: null, ratingCount: 0, ratingSum: 0 };

  test('of which little is known has a genre all the same, and null for the rest', () => {
    expect(JSON.stringify(presentMovie(movie as Parameters<typeof presentMovie>[0]))).toBe(
      // the fields a film is shown by
      '{"id":7,"title":"Film","genre":"Unknown","duration":null,"rating":null}',
    );
  });
});
