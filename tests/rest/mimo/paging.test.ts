import { describe, expect, test } from '@jest/globals';
import { maxPage, parsePaging, toOffset } from '../../../server/rest/mimo/paging.js';

describe('parsePaging', () => {
  const pages = [
    [undefined, 1],
    ['', 1],
    ['3', 3],
    [' 3', 3],
    ['+3', 3],
    ['1.9', 1],
    ['2x', 2],
    ['1e3', 1],
    ['0x10', 1],
    ['0', 1],
    ['-1', 1],
    ['-0.5', 1],
    ['abc', 1],
    ['NaN', 1],
    ['Infinity', 1],
    ['9007199254740993', maxPage],
    ['9'.repeat(400), maxPage],
    [`-${'9'.repeat(400)}`, 1],
    [['2', '5'], 2],
    [['x', '5'], 1],
    [[], 1],
  ] as const;
  test.each(pages)('reads page %j as %i', (page, expected) => {
    expect(parsePaging({ page }).page).toBe(expected);
  });

  const sizes = [
    [undefined, 10],
    ['', 10],
    ['abc', 10],
    ['0', 10],
    ['0.9', 10],
    ['-0', 10],
    ['-1', 1],
    ['-100', 1],
    ['1', 1],
    ['99', 99],
    ['100', 100],
    ['101', 100],
    ['9'.repeat(400), 100],
  ] as const;
  test.each(sizes)('reads limit %j as %i', (limit, expected) => {
    expect(parsePaging({ limit }).limit).toBe(expected);
  });
});

describe('toOffset', () => {
  test('starts at the first row', () => expect(toOffset({ page: 1, limit: 10 })).toEqual({ offset: 0, limit: 10 }));
  test('skips whole pages', () => expect(toOffset({ page: 3, limit: 7 })).toEqual({ offset: 14, limit: 7 }));
  test('is exact on the last page of all', () => {
    expect(Number.isSafeInteger(toOffset({ page: maxPage, limit: 100 }).offset)).toBe(true);
  });
});
