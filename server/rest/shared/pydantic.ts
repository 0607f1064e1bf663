import { type IntegerText, readInteger } from './integers.js';

/** One thing that is wrong with a request, as FastAPI reports it. */
export interface ValidationItem {
  readonly type: string;
  readonly loc: readonly [part: 'path' | 'query' | 'body', ...rest: (string | number)[]];
  readonly msg: string;
  /** As received; null when nothing was. */
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** What became of a value: the value, or what is wrong with it. */
export type Validated<T> = { readonly value: T } | { readonly item: ValidationItem };

type Location = ValidationItem['loc'];

/** Bounds of an integer, both included. */
export interface IntegerRule {
  readonly ge?: number;
  readonly le?: number;
}

const integerFaults = {
  malformed: {
    type: 'int_parsing',
    msg: 'Input should be a valid integer, unable to parse string as an integer',
  },
  tooLong: {
    type: 'int_parsing_size',
    msg: 'Unable to parse input string as an integer, exceeded maximum size',
  },
} satisfies Record<Extract<IntegerText, { fault: string }>['fault'], Pick<ValidationItem, 'type' | 'msg'>>;

/** An integer as a path or query spells it; `1.0` is one and `1.5` is not. */
export function validateInteger(loc: Location, input: string, { ge, le }: IntegerRule = {}): Validated<bigint> {
  const read = readInteger(input);
  if ('fault' in read) {
    const { type, msg } = integerFaults[read.fault];
    return { item: { type, loc, msg, input } };
  }
  const { value } = read;
  if (ge !== undefined && value < ge) {
    const msg = `Input should be greater than or equal to ${ge}`;
    return { item: { type: 'greater_than_equal', loc, msg, input, ctx: { ge } } };
  }
  if (le !== undefined && value > le) {
    const msg = `Input should be less than or equal to ${le}`;
    return { item: { type: 'less_than_equal', loc, msg, input, ctx: { le } } };
  }
  return { value };
}

/** A text of at most so many characters, as Python counts them. */
export function validateText(loc: Location, input: string, maxLength: number): Validated<string> {
  if (Array.from(input).length <= maxLength) return { value: input };
  const msg = `String should have at most ${maxLength} characters`;
  return { item: { type: 'string_too_long', loc, msg, input, ctx: { max_length: maxLength } } };
}

/** What is said of something required that is not there. */
export function missing(loc: Location): { readonly item: ValidationItem } {
  return { item: { type: 'missing', loc, msg: 'Field required', input: null } };
}

type Values<Fields> = { [Name in keyof Fields]: Fields[Name] extends Validated<infer T> ? T : never };

/** All values, or everything that is wrong, in the order of the fields. */
export function validateAll<Fields extends Readonly<Record<string, Validated<unknown>>>>(
  fields: Fields,
): { readonly values: Values<Fields> } | { readonly items: readonly ValidationItem[] } {
  const entries = Object.entries(fields);
  const items = entries.flatMap(([, field]) => ('item' in field ? [field.item] : []));
  if (items.length > 0) return { items };
  const values = entries.map(([name, field]) => [name, 'value' in field ? field.value : undefined]);
  return { values: Object.fromEntries(values) as Values<Fields> }; // every field has its value: none had an item
}
