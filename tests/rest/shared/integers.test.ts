import { describe, expect, test } from '@jest/globals';
import { readInteger } from '../../../server/rest/shared/integers.js';
import { validateInteger } from '../../../server/rest/shared/pydantic-values.js';

describe('readInteger', () => {
  test.each([
    ['1', 1n],
    ['1.0', 1n],
    ['1.00', 1n],
    [' 1 ', 1n],
    ['\t1\n', 1n],
    ['+1', 1n],
    ['+1.0', 1n],
    ['-1', -1n],
    ['-1.0', -1n],
    ['-0', 0n],
    ['01', 1n],
    ['1_000', 1000n],
    ['1_0.0', 10n],
    ['9'.repeat(30), BigInt('9'.repeat(30))],
  ])('reads %j as pydantic does', (text, value) => {
    expect(readInteger(text)).toEqual({ value });
  });

  test.each([
    '',
    ' ',
    '1.',
    '.0',
    '1.5',
    '1.0.0',
    '1.0_0',
    '1__0',
    '_1',
    '1_',
    '-_1',
    '+',
    '--1',
    '+-1',
    '- 1',
    '1e3',
    '0x10',
    '１',
    'true',
    'null',
    'NaN',
  ])('refuses %j', (text) => {
    expect(readInteger(text)).toEqual({ fault: 'malformed' });
  });

  test('refuses more digits than Python reads', () => {
    expect(readInteger('1'.repeat(4301))).toEqual({ fault: 'tooLong' });
    expect(readInteger('1'.repeat(4300))).toEqual({ value: BigInt('1'.repeat(4300)) });
  });
});

describe('validateInteger', () => {
  test('says that a number is too long to be read', () => {
    const input = '1'.repeat(4301);
    expect(validateInteger(['query', 'page'], input)).toEqual({
      items: [
        {
          type: 'int_parsing_size',
          loc: ['query', 'page'],
          msg: 'Unable to parse input string as an integer, exceeded maximum size',
          input,
        },
      ],
    });
  });
});
