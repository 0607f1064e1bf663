import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '../../server/domain/errors.js';
import { averageScore, parseScore, presentScore } from '../../server/domain/ratings/score.js';

describe('scores', () => {
  it('takes every hundredth from 0 to 5, and gives it back as it was written', () => {
    for (let hundredths = 0; hundredths <= 500; hundredths++) {
      const written = Number((hundredths / 100).toFixed(2));
      expect(parseScore(written)).toBe(hundredths);
      expect(presentScore(hundredths)).toBe(written);
    }
  });

  it.each([-0.01, 5.01, 4.125, 1e-7, 4.000001, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %d',
    (score) => {
      expect(() => parseScore(score)).toThrow(InvalidError);
    },
  );

  it('stores minus zero as zero', () => {
    expect(Object.is(parseScore(-0), 0)).toBe(true);
  });

  it('averages exactly, and has no average of nothing', () => {
    expect(averageScore({ ratingCount: 0, ratingSum: 0 })).toBeNull();
    expect(averageScore({ ratingCount: 3, ratingSum: 1000 })).toBe(10 / 3);
    expect(averageScore({ ratingCount: 20_000_000, ratingSum: 70_000_000_07 })).toBe(70_000_000_07 / 2_000_000_000);
  });
});
