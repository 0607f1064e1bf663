import {
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { InvalidError } from '../../server/domain/errors.js';
import { plainResolver } from '../../server/executor/plain-field.js';
import { fractionOf } from './random.js';

/** What a run of a document notes: which fields were asked for what, in which order those of a mutation began and ended. */
export interface Notes {
  readonly seed: number;
  /** How often a field misbehaves, from 0 to 1. */
  readonly unruliness: number;
  /** Whether nothing comes later. */
  readonly prompt: boolean;
  readonly calls: Map<string, string>;
  readonly turns: string[];
}

/** Replaces the resolvers of a schema by ones whose outcome the place in the answer decides: values, nulls and every fault. */
export function makeUnruly(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      delete field.resolve;
      const resolve = resolverOf(field, type);
      if (resolve) field.resolve = resolve;
    }
  }
}

/** A third of the fields are properties or methods of their parent's value, a few are worked out from it alone. */
function resolverOf(
  { name }: GraphQLField<unknown, unknown>,
  type: GraphQLObjectType,
): GraphQLFieldResolver<unknown, unknown> | undefined {
  const kind = fractionOf(`${type.name}.${name}`);
  if (type.name === 'Query' || type.name === 'Mutation' || kind > 0.5) return resolveUnruly;
  return kind > 0.35 ? plainResolver((source) => (source as Readonly<Record<string, unknown>>)[name]) : undefined; // an object
}

/** An object with what its fields that have no resolver are read from. */
function objectOf(type: GraphQLObjectType, { chance, ...rest }: Circumstances): object {
  const object = {};
  for (const field of Object.values(type.getFields())) {
    if (field.resolve === resolveUnruly) continue;
    const own: Circumstances = { ...rest, chance: (of) => chance(`${of} ${field.name}`) };
    const begin = () => outcomeOf(field.type, own);
    const value = () => (!own.prompt && own.chance('late') < 0.3 ? delayed(begin, own.chance('turns')) : begin());
    const method = own.chance('method') < 0.2 && field.resolve === undefined;
    Object.defineProperty(object, field.name, { get: method ? () => value : value });
  }
  return object;
}

function resolveUnruly(source: unknown, args: unknown, notes: unknown, info: GraphQLResolveInfo): unknown {
  const { seed, unruliness, prompt, calls, turns } = notes as Notes; // the context of each run here
  const path = pathOf(info.path);
  const { fieldName, parentType, returnType, variableValues } = info;
  calls.set(
    path.join('.'),
    JSON.stringify([fieldName, parentType.name, String(returnType), variableValues, args, source !== undefined]),
  );
  const chance = (of: string) => fractionOf(`${seed} ${of} ${path.join('.')}`);
  const begin = () => outcomeOf(returnType, { chance, unruliness, prompt, schema: info.schema });
  if (parentType.name !== 'Mutation') return prompt || chance('late') < 0.5 ? begin() : delayed(begin, chance('turns'));
  turns.push(`begin ${path.join()}`);
  if (prompt) return begin();
  return delayed(begin, chance('turns')).finally(() => turns.push(`end ${path.join()}`));
}

function pathOf(path: GraphQLResolveInfo['path'] | undefined): (string | number)[] {
  return path ? [...pathOf(path.prev), path.key] : [];
}

async function delayed(begin: () => unknown, fraction: number): Promise<unknown> {
  for (let turn = 0; turn < fraction * 4; turn++) await new Promise((resolve) => setImmediate(resolve));
  return begin();
}

interface Circumstances {
  readonly chance: (of: string) => number;
  readonly unruliness: number;
  readonly prompt: boolean;
  readonly schema: GraphQLSchema;
}

const faults: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => {
    throw new InvalidError('field', 'something else');
  },
  () => {
    throw new GraphQLError('refused', { extensions: { code: 'FORBIDDEN' } });
  },
  () => {
    throw 'no error at all'; // oxlint-disable-line typescript/only-throw-error -- libraries do it
  },
  () => new Error('an error that is returned'),
  () => Symbol('nothing that anything takes'),
  () => ({ __typename: 'Query' }),
  () => 7,
];

function outcomeOf(type: GraphQLOutputType, circumstances: Circumstances): unknown {
  const { chance, unruliness } = circumstances;
  if (chance('unruly') < unruliness) return faults[Math.floor(chance('fault') * faults.length)]?.();
  return valueOf(type, circumstances);
}

function valueOf(type: GraphQLOutputType, circumstances: Circumstances): unknown {
  const { chance, unruliness, schema } = circumstances;
  const inner = getNullableType(type);
  if (isListType(inner)) return itemsOf(inner.ofType, circumstances);
  if (!isNonNullType(type) && chance('null') < 0.1) return null;
  if (isEnumType(inner)) return inner.getValues()[0]?.value;
  if (isAbstractType(inner)) {
    const types = schema.getPossibleTypes(inner);
    const found = types[Math.floor(chance('type') * types.length)];
    return found && Object.assign(objectOf(found, circumstances), { __typename: found.name });
  }
  if (isObjectType(inner)) return objectOf(inner, circumstances);
  return leafOf(inner.name, chance('leaf') < unruliness);
}

/**
 * Where anything comes later, faulty items do too: graphql-js leaves the promises of a list unhandled that it gives up
 * because of an item which fails at once.
 */
function itemsOf(type: GraphQLOutputType, circumstances: Circumstances): unknown {
  const { chance, prompt, unruliness } = circumstances;
  const items = Array.from({ length: Math.floor(chance('length') * 4) }, (_, index) => {
    const own: Circumstances = { ...circumstances, chance: (of) => chance(`${of} ${index}`) };
    const begin = () => outcomeOf(type, own);
    const late = !prompt && (unruliness > 0 || own.chance('late item') < 0.3);
    return late ? delayed(begin, own.chance('turns')) : settle(begin);
  });
  return chance('set') < 0.2 ? new Set(items) : items;
}

/** An item that cannot be had is an error in its list, not the end of it. */
function settle(begin: () => unknown): unknown {
  try {
    return begin();
  } catch (error) {
    return error instanceof Error ? error : null;
  }
}

function leafOf(name: string, wrong: boolean): unknown {
  if (name === 'Int' || name === 'SafeInt') return wrong ? 2 ** 60 : 7;
  if (name === 'Float') return wrong ? Number.NaN : 2.5;
  if (name === 'Boolean') return wrong ? {} : true;
  if (name.startsWith('DateTime')) return wrong ? 'no date' : 1_767_323_045_678;
  return wrong ? {} : 'text';
}
