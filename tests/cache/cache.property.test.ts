import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { array, assert, asyncProperty, boolean, record } from 'fast-check';
import { readConfig } from '../../server/config.js';
import type { Door, Stage } from '../differential/door.js';
import { graphqlDoor } from '../differential/graphql.door.js';
import { Model } from '../differential/model.js';
import { arbitraryStep, type Operation, type OperationType, type Step } from '../differential/operation.js';
import { openTheatre, type Theatre } from '../differential/stage.js';
import { clearStage } from '../differential/stored.js';
import { importOfEachDialect } from '../support/dialect-files.js';
import { describeOnEveryEngine, type Engine } from '../support/engines.js';
import { type RedisServer, startRedisServer } from '../support/redis-server.js';
import { startServer, type TestServer } from '../support/server.js';
import { ask, publicReads } from './public-reads.js';

/** Sequences of operations to try on each engine, and what they are drawn from; a failure prints both. */
const sequences = Number(process.env['CACHE_SEQUENCES'] ?? 12);
const seed = Number(process.env['CACHE_SEED'] ?? Date.now() % 2 ** 31);

const doors = [graphqlDoor, ...(await importOfEachDialect<{ door: Door }>('door')).map(({ door }) => door)];
const types = [...new Set(doors.flatMap((door) => Object.keys(door.perform)))] as OperationType[]; // the type has no other keys

/** A step, and through which of the two servers it is done. */
interface ServedStep extends Step {
  readonly uncached: boolean;
}

describeOnEveryEngine('with answers kept, no answer is another', (engine) => {
  let theatre: Theatre;
  let uncached: TestServer;
  let redis: RedisServer | undefined;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    redis = engine.name === 'mysql' ? await startRedisServer() : undefined;
    const database = await shareDatabase(engine);
    drop = database.drop;
    const shared = { RATE_LIMIT: 'off', SESSION_SECRET: 'a secret that both servers of this test know' };
    const variables = { ...shared, ...(redis && { REDIS_URL: redis.url }) };
    theatre = await openTheatre(database.engine, variables);
    uncached = await startServer(database.engine, { demo: false, variables: { ...variables, CACHE: 'off' } });
  });
  afterAll(async () => {
    await theatre.server.close();
    await uncached.close();
    await redis?.kill();
    await drop();
  });

  // oxlint-disable-next-line jest/expect-expect -- `play` expects, after every step
  test(
    `in ${sequences} sequences of operations through ${doors.map(({ name }) => name).join(', ')}`,
    async () => {
      const step = record({ uncached: boolean(), step: arbitraryStep(types) });
      const steps = array(
        step.map((each): ServedStep => ({ ...each.step, uncached: each.uncached })),
        { minLength: 1, maxLength: 8, size: 'max' },
      );
      await assert(
        asyncProperty(steps, (sequence) => play({ theatre, uncached }, sequence)),
        { numRuns: sequences, seed, endOnFailure: false },
      );
    },
    sequences * 20_000,
  );
});

interface Servers {
  readonly theatre: Theatre;
  readonly uncached: TestServer;
}

/** Does one thing after another through either server, and asks both everything after each; the one that keeps answers twice. */
async function play({ theatre, uncached }: Servers, sequence: readonly ServedStep[]): Promise<void> {
  const { server, stage: fixed } = theatre;
  await clearStage(server.app.database, fixed);
  const model = new Model(fixed.people, fixed.films, [fixed.admin]);
  for (const step of sequence) {
    const stage: Stage = { ...fixed, songs: model.songs };
    const { operation, door } = step;
    const chosen = chooseDoor(operation, door);
    const url = step.uncached ? uncached.url : server.url;
    const { id } = await perform(chosen, operation, { ...stage, url });
    model.apply(operation, { id, open: chosen.open?.includes(operation.type) === true });
    const reads = publicReads(doors, stage);
    const expected = await Promise.all(reads.map((read) => ask(uncached.url, read)));
    for (const _time of ['made', 'kept']) {
      const found = await Promise.all(reads.map((read) => ask(server.url, read)));
      expect({ operation, answers: found }).toEqual({ operation, answers: expected });
    }
  }
}

function chooseDoor({ type }: Operation, choice: number): Door {
  const able = doors.filter((door) => type in door.perform);
  const door = able[choice % able.length];
  if (!door) throw new Error(`No door can ${type}.`);
  return door;
}

function perform(door: Door, operation: Operation, stage: Stage) {
  const action = door.perform[operation.type] as (operation: Operation, stage: Stage) => Promise<{ id?: number }>; // the type names the door's action for it
  return action(operation, stage);
}

/** An engine whose servers all have one and the same database; of SQLite's a file. */
async function shareDatabase(engine: Engine): Promise<{ engine: Engine; drop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'filmgraph-cache-'));
  const file = `sqlite:${join(folder, 'data.sqlite')}`;
  const database =
    engine.name === 'mysql'
      ? await engine.createDatabase()
      : { url: file, config: readConfig({ DATABASE_URL: file }).database, drop: async () => {} };
  return {
    engine: { ...engine, createDatabase: async () => ({ ...database, drop: async () => {} }) },
    drop: async () => {
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
