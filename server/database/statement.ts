import { type CompiledQuery, type Kysely, type QueryResult, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** The values of a statement that differ from one run to the next. */
export type StatementInput = Readonly<Record<string, unknown>>;

/** The same values as its query has them: a place for each. */
export type Places<Input> = { readonly [Name in keyof Input]: RawBuilder<Input[Name]> };

/** Whatever the query builder can put into words. */
interface Query<Row> {
  compile(db: Kysely<Tables>): CompiledQuery<Row>;
}

type Build<Input, Row> = (sql: Kysely<Tables>, places: Places<Input>) => Query<Row>;

/**
 * A query that is put together once, and whose values alone change: building and compiling one costs as much as running
 * it. Made by `prepare`, run by `Database.all` and `Database.first`.
 */
export interface Statement<Input extends StatementInput, Row> {
  readonly build: Build<Input, Row>;
  readonly films: FindFilms<Input, Row> | undefined;
}

/**
 * The films that a statement is about. Of ratings, and of what films keep of theirs (count, sum, average), it reads those of
 * these films alone and finds its rows without looking at any others; or these are all that it changes. Other columns of
 * films, and other tables, it may read as it likes.
 *
 * @param rows what a statement that reads has read
 */
export type FindFilms<Input, Row> = (input: Input, rows: readonly Row[]) => readonly number[];

/** Runs a statement somewhere, and tells what it changed as well. */
export type RunStatement = <Input extends StatementInput, Row>(
  statement: Statement<Input, Row>,
  input: Input,
) => Promise<QueryResult<Row>>;

/** A statement in the words of one engine. */
export interface CompiledStatement {
  /** As the query builder made it, with places among its parameters. */
  readonly query: CompiledQuery;
  /** The name of the value for each parameter; undefined where the query has one of its own. */
  readonly names: readonly (string | undefined)[];
  readonly films: FindFilms<never, never> | undefined;
}

/** A compiled statement with its values. */
export interface ValuedQuery extends CompiledQuery {
  readonly films: FindFilms<never, never> | undefined;
  readonly input: StatementInput;
}

/**
 * @param build called once per database; whatever it is given in `places` is a parameter of the statement
 * @param films which films it is about; undefined: any (docs/caching.md)
 */
export function prepare<Input extends StatementInput, Row>(
  build: Build<Input, Row>,
  films?: FindFilms<Input, Row>,
): Statement<Input, Row> {
  return { build, films };
}

/** Statements that differ by more than values, one for each key. There must be few keys, and none of a client's making. */
export function prepareEach<Key extends string | number, Input extends StatementInput, Row>(
  build: (key: Key) => Build<Input, Row>,
  films?: (key: Key) => FindFilms<Input, Row> | undefined,
): (key: Key) => Statement<Input, Row> {
  const statements = new Map<Key, Statement<Input, Row>>();
  return (key) => {
    const statement = statements.get(key) ?? prepare(build(key), films?.(key));
    statements.set(key, statement);
    return statement;
  };
}

/** Compiles a statement in the words of the engine behind `db`. */
export function compileStatement<Input extends StatementInput, Row>(
  db: Kysely<Tables>,
  { build, films }: Statement<Input, Row>,
): CompiledStatement {
  const query = build(db, places as Places<Input>).compile(db); // any name is a place
  const names = query.parameters.map((value) => (value instanceof Place ? value.name : undefined));
  return { query, names, films };
}

/** The statement with its values, as it is run. */
export function withValues({ query, names, films }: CompiledStatement, input: StatementInput): ValuedQuery {
  const parameters = names.map((name, index) => (name === undefined ? query.parameters[index] : input[name]));
  return { sql: query.sql, parameters, query: query.query, queryId: query.queryId, films, input };
}

/** Stands for a value until the statement is run. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Any name is a place. */
const places = new Proxy({}, { get: (_target, name) => sql`${new Place(String(name))}` });

/** How many ids a list has places for. Few lengths make few statements; more ids than the last are cut into parts. */
const listLengths = [1, 2, 5, 10, 20, 50, 100, 500] as const;
/** Fills up a list: no row has it. */
const noId = 0;

/** The places of a list of ids, for `in` and the like. */
export function listPlaces(ids: Places<Record<string, number>>, length: number): RawBuilder<number>[] {
  return Array.from({ length }, (_, index) => ids[`id${index}`] as RawBuilder<number>); // any name is a place
}

/** The ids of a statement's input, as `toLists` named them. */
export function listedIds(input: Readonly<Record<string, number>>): number[] {
  return Object.keys(input).flatMap((name) => (/^id\d+$/.test(name) ? [input[name] ?? noId] : []));
}

/** Cuts ids into lists of few lengths, filled up with the id of no row, and named as `listPlaces` does. */
export function toLists(ids: readonly number[]): { readonly length: number; readonly input: Record<string, number> }[] {
  const longest = listLengths[listLengths.length - 1] ?? 1;
  const parts = ids.length <= longest ? [ids] : cut(ids, longest);
  return parts.map((part) => {
    const length = listLengths.find((candidate) => candidate >= part.length) ?? longest;
    const input: Record<string, number> = {};
    for (let index = 0; index < length; index++) input[`id${index}`] = part[index] ?? noId;
    return { length, input };
  });
}

function cut(ids: readonly number[], size: number): (readonly number[])[] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
