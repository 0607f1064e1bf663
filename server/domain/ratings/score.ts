import { InvalidError } from '../errors.js';

export const minScore = 0;
export const maxScore = 5;
/** Decimals a score may have. */
export const scoreDecimals = 2;

/**
 * A score as clients write it, 0 to 5 with at most two decimals, in hundredths as it is stored.
 *
 * @throws InvalidError (field `score`)
 */
export function parseScore(score: number): number {
  const hundredths = Math.round(score * 100);
  // Dividing back is exact for every decimal of two places, so a difference means there were more of them.
  if (!(score >= minScore && score <= maxScore) || hundredths / 100 !== score) {
    throw new InvalidError('score', `a number from ${minScore} to ${maxScore} with at most ${scoreDecimals} decimals`);
  }
  return hundredths || 0; // never -0
}

/** A stored score as clients read it. */
export function presentScore(hundredths: number): number {
  return hundredths / 100;
}

/** The exact average of `count` scores whose hundredths sum up to `sum`, rounded once to a double; null for none. */
export function averageScore({ ratingCount, ratingSum }: { ratingCount: number; ratingSum: number }): number | null {
  return ratingCount === 0 ? null : ratingSum / (ratingCount * 100);
}
