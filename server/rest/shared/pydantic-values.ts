/*
 * What pydantic takes for a whole number, a boolean or a text in its lax mode, and what it says of anything else.
 */
import { isStorableText } from '../../domain/text.js';
import { type IntegerText, readInteger } from './integers.js';
import {
  type Invalid,
  invalid,
  type Location,
  type Validated,
  type ValidationItem,
  type Validator,
} from './pydantic.js';
import { PythonFloat } from './python-values.js';

/** Bounds of an integer, both included. */
export interface IntegerRule {
  readonly ge?: number;
  readonly le?: number;
}

/** Bounds of a text, counted as Python does, and what it must look like. */
export interface TextRule {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
}

const tooLong = {
  type: 'int_parsing_size',
  msg: 'Unable to parse input string as an integer, exceeded maximum size',
} as const;
const integerFaults = {
  malformed: {
    type: 'int_parsing',
    msg: 'Input should be a valid integer, unable to parse string as an integer',
  },
  tooLong,
} satisfies Record<Extract<IntegerText, { fault: string }>['fault'], Pick<ValidationItem, 'type' | 'msg'>>;

/** Fractions at or beyond it are not read as integers: 64 bits. */
const floatBound = 2 ** 63;
const integerBound = BigInt(floatBound);

const truths = new Set(['1', 'true', 'yes', 'on', 't', 'y']);
const untruths = new Set(['0', 'false', 'no', 'off', 'f', 'n']);

/** An integer as a path or query spells it; `1.0` is one and `1.5` is not. */
export function validateInteger(loc: Location, input: string, { ge, le }: IntegerRule = {}): Validated<bigint> {
  const read = readInteger(input);
  if ('fault' in read) return noInteger(integerFaults[read.fault], loc, input);
  const { value } = read;
  if (ge !== undefined && value < ge) {
    const msg = `Input should be greater than or equal to ${ge}`;
    return invalid({ type: 'greater_than_equal', loc, msg, input, ctx: { ge } });
  }
  if (le !== undefined && value > le) {
    const msg = `Input should be less than or equal to ${le}`;
    return invalid({ type: 'less_than_equal', loc, msg, input, ctx: { le } });
  }
  return { value };
}

/** An integer in JSON: a whole number, a fraction that is none, or a text that spells one. */
export const integer: Validator<bigint> = (loc, input) => {
  if (typeof input === 'bigint') return { value: input };
  if (typeof input === 'string') return validateInteger(loc, input);
  if (input instanceof PythonFloat) return wholeOf(loc, input);
  return invalid({ type: 'int_type', loc, msg: 'Input should be a valid integer', input });
};

/** A boolean in JSON, or one of the numbers and words that stand for one. */
export const boolean: Validator<boolean> = (loc, input) => {
  if (typeof input === 'boolean') return { value: input };
  const word = typeof input === 'string' ? input.toLowerCase() : numberWord(input);
  if (word === undefined) return invalid({ type: 'bool_type', loc, msg: 'Input should be a valid boolean', input });
  if (truths.has(word)) return { value: true };
  if (untruths.has(word)) return { value: false };
  const msg = 'Input should be a valid boolean, unable to interpret input';
  return invalid({ type: 'bool_parsing', loc, msg, input });
};

/** A text in JSON that every engine can store. */
export function text(rule: TextRule): Validator<string> {
  return (loc, input) => {
    if (typeof input !== 'string') return noText(loc, input);
    return isStorableText(input) ? validateText(loc, input, rule) : unstorable(loc, input);
  };
}

/** A text within its bounds; of several things that are wrong the first is said. */
export function validateText(loc: Location, input: string, rule: TextRule): Validated<string> {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = rule;
  const { length } = Array.from(input);
  if (length < minLength) {
    const msg = `String should have at least ${minLength} ${charactersOf(minLength)}`;
    return invalid({ type: 'string_too_short', loc, msg, input, ctx: { min_length: minLength } });
  }
  if (length > maxLength) {
    const msg = `String should have at most ${maxLength} ${charactersOf(maxLength)}`;
    return invalid({ type: 'string_too_long', loc, msg, input, ctx: { max_length: maxLength } });
  }
  if (pattern && !pattern.test(input)) {
    const msg = `String should match pattern '${pattern.source}'`;
    return invalid({ type: 'string_pattern_mismatch', loc, msg, input, ctx: { pattern: pattern.source } });
  }
  return { value: input };
}

/** What is said of a value that is no text. */
export function noText(loc: Location, input: unknown): Invalid {
  return invalid({ type: 'string_type', loc, msg: 'Input should be a valid string', input });
}

/** Half a character is what pydantic itself refuses; NUL it takes, and no database after it. */
export function unstorable(loc: Location, input: string): Invalid {
  if (input.isWellFormed()) {
    const ctx = { error: {} };
    return invalid({ type: 'value_error', loc, msg: 'Value error, NUL cannot be stored', input, ctx });
  }
  const msg = 'Input should be a valid string, unable to parse raw data as a unicode string';
  return invalid({ type: 'string_unicode', loc, msg, input });
}

function noInteger({ type, msg }: Pick<ValidationItem, 'type' | 'msg'>, loc: Location, input: unknown): Invalid {
  return invalid({ type, loc, msg, input }); // in the order that clients know
}

function wholeOf(loc: Location, input: PythonFloat): Validated<bigint> {
  const { value } = input;
  if (!Number.isFinite(value)) {
    return invalid({ type: 'finite_number', loc, msg: 'Input should be a finite number', input });
  }
  if (!Number.isInteger(value)) {
    const msg = 'Input should be a valid integer, got a number with a fractional part';
    return invalid({ type: 'int_from_float', loc, msg, input });
  }
  if (Math.abs(value) >= floatBound) return noInteger(tooLong, loc, input);
  return { value: BigInt(value) };
}

/** How a whole number of 64 bits is spelled; undefined for what is not read as a boolean at all. */
function numberWord(input: unknown): string | undefined {
  if (input instanceof PythonFloat) return Number.isInteger(input.value) ? numberWord(BigInt(input.value)) : undefined;
  return typeof input === 'bigint' && input >= -integerBound && input < integerBound ? String(input) : undefined;
}

function charactersOf(count: number): string {
  return count === 1 ? 'character' : 'characters';
}
