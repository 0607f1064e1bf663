import { describe, expect, it } from '@jest/globals';
import { assert, asyncProperty, integer } from 'fast-check';
import { type ExecutionResult, execute, type GraphQLError, parse, validate } from 'graphql';
import { buildSchema } from '../../schema/build-schema.js';
import { Compiler } from '../../server/executor/executor.js';
import { createRandom } from './random.js';
import { type RandomDocument, randomDocument } from './random-document.js';
import { makeUnruly, type Notes } from './unruly-resolvers.js';

const runs = Number(process.env['EXECUTOR_RUNS'] ?? 200);
const seed = Number(process.env['EXECUTOR_SEED'] ?? Date.now() % 2 ** 31);

const schema = buildSchema();
makeUnruly(schema);
const compiler = new Compiler(schema);

interface Ran {
  readonly result: ExecutionResult;
  readonly notes: Notes;
}

async function runBoth(
  { text, variables }: RandomDocument,
  manner: Pick<Notes, 'unruliness' | 'prompt'>,
  document = parse(text),
): Promise<[Ran, Ran]> {
  expect(validate(schema, document)).toEqual([]);
  const notesOf = (): Notes => ({ ...manner, seed, calls: new Map(), turns: [] });
  const [slow, fast] = [notesOf(), notesOf()];
  const expected = await execute({ schema, document, variableValues: variables, contextValue: slow });
  const operation = compiler.compile(document, 'Random');
  const coerced = operation?.coerce(variables);
  if (!operation || !coerced || 'errors' in coerced) throw new Error('The document has no such operation.');
  const result = await operation.run(coerced.values, fast);
  return [
    { result: expected, notes: slow },
    { result, notes: fast },
  ];
}

/** What became null because of an error: the part of its path up to the first null. */
function lostPartOf({ data }: ExecutionResult, { path = [] }: GraphQLError): string {
  let value: unknown = data;
  const part: (string | number)[] = [];
  for (const key of path) {
    if (value === null || value === undefined) break;
    part.push(key);
    value = (value as Record<string | number, unknown>)[key];
  }
  return part.join('.');
}

/**
 * What must be the same: of several errors in what becomes null as a whole, the specification leaves it open which are
 * told, so there only that there are some.
 */
function errorsOf(result: ExecutionResult): unknown[] {
  const told = (result.errors ?? []).map((error) => {
    const { message, path = [], locations, extensions, originalError } = error;
    const part = lostPartOf(result, error);
    const exact = part === path.join('.');
    return exact ? { part, message, locations, extensions, thrown: originalError?.name } : { part };
  });
  const parts = new Set(told.filter((error) => !('message' in error)).map(({ part }) => part));
  const exact = told.filter((error) => 'message' in error && !parts.has(error.part));
  return [...exact, ...[...parts].map((part) => ({ part }))].map((error) => JSON.stringify(error)).sort();
}

describe('the compiled executor', () => {
  const seeds = integer({ min: 1, max: 2 ** 31 - 1 });
  const faults = integer({ min: 0, max: 3 });

  describe.each(['query', 'mutation'] as const)('answers a random %s as graphql-js does', (kind) => {
    it('where all is there at once', async () => {
      const property = asyncProperty(seeds, faults, async (own, unruly) => {
        const document = randomDocument(schema, kind, createRandom(own));
        const [expected, actual] = await runBoth(document, { unruliness: unruly / 15, prompt: true });
        expect(JSON.stringify(actual.result.data)).toBe(JSON.stringify(expected.result.data));
        expect(errorsOf(actual.result)).toEqual(errorsOf(expected.result));
        expect(actual.notes.turns).toEqual(expected.notes.turns);
        if (unruly === 0) expect(actual.notes).toEqual(expected.notes);
      });
      await assert(property, { numRuns: runs, seed, endOnFailure: false });
    });

    it('where resolvers take their time', async () => {
      const property = asyncProperty(seeds, faults, async (own, unruly) => {
        const document = randomDocument(schema, kind, createRandom(own));
        const [expected, actual] = await runBoth(document, { unruliness: unruly / 15, prompt: false });
        expect(JSON.stringify(actual.result.data)).toBe(JSON.stringify(expected.result.data));
        expect(errorsOf(actual.result)).toEqual(errorsOf(expected.result));
        expect(actual.notes.turns).toEqual(expected.notes.turns);
        if (unruly === 0) expect(actual.notes.calls).toEqual(expected.notes.calls);
      });
      await assert(property, { numRuns: runs, seed, endOnFailure: false });
    }, 120_000);
  });

  it('runs a document whose conditions change from request to request', async () => {
    const text =
      'query Random($a: Boolean!, $b: Boolean!) { genres @skip(if: $a) again: genres @include(if: $b) __typename }';
    const document = parse(text);
    for (const [a, b] of [false, true].flatMap((first) => [false, true].map((second) => [first, second] as const))) {
      const [expected, actual] = await runBoth(
        { text, variables: { a, b } },
        { unruliness: 0, prompt: true },
        document,
      );
      expect(actual.result).toEqual(expected.result);
    }
  });

  it('takes every name that an alias may have', async () => {
    const document = { text: 'query Random { __proto__: __typename constructor: __typename }', variables: {} };
    const [expected, actual] = await runBoth(document, { unruliness: 0, prompt: true });
    expect(JSON.stringify(actual.result)).toBe(JSON.stringify(expected.result));
  });

  it('tells what is wrong with variables as graphql-js does', async () => {
    const document = parse(
      'query ($id: Int!, $first: Int) { movie(databaseId: $id) { id } movies(first: $first) { totalCount } }',
    );
    for (const variables of [{}, { id: 'no number' }, { id: 2 ** 40, first: 'one' }, { id: null }]) {
      const expected = await execute({ schema, document, variableValues: variables });
      expect(compiler.compile(document, undefined)?.coerce(variables)).toEqual(expected);
    }
  });

  it('knows no operation where the document has none of that name, or several without one', () => {
    expect(compiler.compile(parse('query A { genres }'), 'B')).toBeUndefined();
    expect(compiler.compile(parse('query A { genres } query B { genres }'), undefined)).toBeUndefined();
  });
});
