import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { Database, type Transaction } from '../../server/database/database.js';
import { migrate } from '../../server/database/schema.js';
import { UnavailableError } from '../../server/domain/errors.js';
import { runInRequest } from '../../server/domain/request-context.js';
import { anonymous } from '../../server/domain/viewer.js';
import { sqlite, type TestDatabase } from '../support/engines.js';

let file: TestDatabase;
let database: Database;
let statements: string[] = [];
beforeAll(async () => {
  file = await sqlite.createDatabase();
  database = await Database.open(file.config, ({ query }) => statements.push(query.sql));
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  await file.drop();
});
beforeEach(async () => {
  await sql`delete from genres`.execute(database.sql);
  statements = [];
  // A group ends after some milliseconds, which a busy machine may take for a single member.
  jest.spyOn(performance, 'now').mockReturnValue(performance.now());
});
afterEach(() => void jest.restoreAllMocks());

const add = (name: string) =>
  database.transaction(({ sql: db }) => db.insertInto('genres').values({ name, name_key: name }).execute());
const names = async () =>
  (await database.sql.selectFrom('genres').select('name').orderBy('id').execute()).map(({ name }) => name);
const outcomes = async (writes: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(writes)).map(({ status }) => status);
const countOf = (statement: string) => statements.filter((text) => text === statement).length;

test('a write on its own is a transaction of its own', async () => {
  await add('a');
  expect([statements[0], statements.at(-1), statements.length]).toEqual(['begin immediate', 'commit', 3]);
});

test('writes that wait for their turn share a commit, in the order in which they came', async () => {
  await Promise.all(['c', 'a', 'b'].map(add));
  expect([countOf('begin immediate'), countOf('savepoint member'), countOf('commit')]).toEqual([1, 3, 1]);
  expect(await names()).toEqual(['c', 'a', 'b']);
});

test('one that fails undoes all that it did, and nothing that others did', async () => {
  const failing = database.transaction(async ({ sql: db }) => {
    await db.insertInto('genres').values({ name: 'half', name_key: 'half' }).execute();
    throw new Error('changed its mind');
  });
  expect(await outcomes([add('a'), failing, add('a'), add('b')])).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
  expect(await names()).toEqual(['a', 'b']);
});

test('nobody hears of a success before the commit', async () => {
  const seen: (string | undefined)[] = [];
  await Promise.all(['a', 'b'].map((name) => add(name).then(() => seen.push(statements.at(-1)))));
  expect(seen).toEqual(['commit', 'commit']);
});

test('those that share a commit that fails have all failed', async () => {
  // SQLite looks at the reference when the transaction ends, and refuses to end it.
  const orphan = database.transaction(async ({ sql: db }) => {
    await sql`pragma defer_foreign_keys = on`.execute(db);
    await sql`insert into movie_genres (movie_id, genre_id, position) values (1, 1, 1)`.execute(db);
  });
  expect(await outcomes([add('a'), orphan, add('b')])).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await names()).toEqual([]);
  await add('later');
  expect(await names()).toEqual(['later']);
});

test('when the disk is full nothing is half written, and it goes on once there is room', async () => {
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(database.sql);
  await sql`pragma max_page_count = ${sql.lit(pages.rows[0]?.page_count ?? 0)}`.execute(database.sql);
  const large = database.transaction(async ({ sql: db }) => {
    await db.insertInto('genres').values({ name: 'before', name_key: 'before' }).execute();
    const text = 'x'.repeat(100_000);
    await db.insertInto('genres').values({ name: text, name_key: text }).execute();
  });
  const [first, second, third] = await Promise.allSettled([add('a'), large, add('b')]);
  expect(second).toMatchObject({ status: 'rejected', reason: expect.any(UnavailableError) });
  const kept = [...(first?.status === 'fulfilled' ? ['a'] : []), ...(third?.status === 'fulfilled' ? ['b'] : [])];
  expect(await names()).toEqual(kept);
  await sql`pragma max_page_count = 1000000`.execute(database.sql);
  await add('later');
  expect(await names()).toEqual([...kept, 'later']);
});

test('reads see what is committed, never what is under way', async () => {
  const reads: Promise<string[]>[] = [];
  const looking = database.transaction(async ({ sql: db }) => {
    await db.insertInto('genres').values({ name: 'a', name_key: 'a' }).execute();
    reads.push(names());
    await Promise.resolve();
    throw new Error('changed its mind');
  });
  expect(await outcomes([looking, add('b')])).toEqual(['rejected', 'fulfilled']);
  expect(await Promise.all(reads)).toEqual([['b']]);
});

test('each is noted in the name of the request that it belongs to', async () => {
  const auditing = ({ audit }: Transaction) => audit({ action: 'movie.repairAggregate', subjectId: 1 });
  const inRequest = (requestId: string) =>
    runInRequest({ requestId, door: 'test', viewer: anonymous, changes: [] }, () => database.transaction(auditing));
  await Promise.all(['one', 'two', 'three'].map(inRequest));
  const entries = await database.sql.selectFrom('audit_log').select('request_id').orderBy('id').execute();
  expect(entries.map(({ request_id }) => request_id)).toEqual(['one', 'two', 'three']);
});

test('many more than a group takes are all written', async () => {
  await Promise.all(Array.from({ length: 450 }, (_, index) => add(`g${index}`)));
  expect(await names()).toHaveLength(450);
  expect(countOf('commit')).toBeGreaterThanOrEqual(5);
  expect(countOf('commit')).toBeLessThan(450);
});
