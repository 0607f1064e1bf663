/*
 * How pydantic reports what is wrong with a request. What a path, a query or a body may hold is in `pydantic-values.ts`.
 */
import { withoutSecrets } from './echo.js';
import type { RequestBody } from './python-values.js';

/** One thing that is wrong with a request, as FastAPI reports it. */
export interface ValidationItem {
  readonly type: string;
  readonly loc: readonly [part: 'path' | 'query' | 'body', ...rest: (string | number)[]];
  readonly msg: string;
  /** As received, but for what is named like a secret; null when nothing was. */
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

export type Location = ValidationItem['loc'];

/** What became of a value: the value, or what is wrong with it. */
export type Validated<T> = { readonly value: T } | Invalid;

export interface Invalid {
  readonly items: readonly ValidationItem[];
}

/** Checks a value that JSON held. */
export type Validator<T> = (loc: Location, input: unknown) => Validated<T>;

/** What a model asks of each of its fields; all are required, and others are ignored. */
export type Model = Readonly<Record<string, Validator<unknown>>>;

export type ModelValues<Fields extends Model> = {
  [Name in keyof Fields]: Fields[Name] extends Validator<infer T> ? T : never;
};

/** One thing is wrong. */
export function invalid(item: ValidationItem): Invalid {
  return { items: [item] };
}

/** What is said of something required that is not there. */
export function missing(loc: Location, input: unknown = null): Invalid {
  return invalid({ type: 'missing', loc, msg: 'Field required', input });
}

/** A body as its model wants it, or everything that is wrong with it, in the order of the model's fields. */
export function validateModel<Fields extends Model>(body: RequestBody, model: Fields): Validated<ModelValues<Fields>> {
  const loc: Location = ['body'];
  if (body === undefined) return missing(loc);
  if (!(body instanceof Map)) {
    const msg = 'Input should be a valid dictionary or object to extract fields from';
    return invalid({ type: 'model_attributes_type', loc, msg, input: withoutSecrets(body) });
  }
  const fields: [string, Validated<unknown>][] = Object.entries(model).map(([name, validate]) => [
    name,
    body.has(name) ? validate(['body', name], body.get(name)) : missing(['body', name], withoutSecrets(body)),
  ]);
  const checked = validateAll(Object.fromEntries(fields));
  return checked as Validated<ModelValues<Fields>>; // each field is what its own validator made of it
}

type Values<Fields> = { [Name in keyof Fields]: Fields[Name] extends Validated<infer T> ? T : never };

/** All values, or everything that is wrong, in the order of the fields. */
export function validateAll<Fields extends Readonly<Record<string, Validated<unknown>>>>(
  fields: Fields,
): Validated<Values<Fields>> {
  const entries = Object.entries(fields);
  const items = entries.flatMap(([, field]) => ('items' in field ? field.items : []));
  if (items.length > 0) return { items };
  const values = entries.map(([name, field]) => [name, 'value' in field ? field.value : undefined]);
  return { value: Object.fromEntries(values) as Values<Fields> }; // every field has its value: none had an item
}
