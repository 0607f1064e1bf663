import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { array, assert, asyncProperty } from 'fast-check';
import { importOfEachDialect } from '../support/dialect-files.js';
import { describeOnEveryEngine } from '../support/engines.js';
import type { Door, Result, Stage } from './door.js';
import { graphqlDoor } from './graphql.door.js';
import { Model } from './model.js';
import { arbitraryStep, type Operation, type OperationType, type Step } from './operation.js';
import { openTheatre, type Theatre } from './stage.js';
import { clearStage, storedDoor } from './stored.js';

/** Sequences of operations to try on each engine, and what they are drawn from; a failure prints both. */
const sequences = Number(process.env['DIFFERENTIAL_SEQUENCES'] ?? 100);
const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? Date.now() % 2 ** 31);
const maxSteps = 12;

const doors = [graphqlDoor, ...(await importOfEachDialect<{ door: Door }>('door')).map(({ door }) => door)];
const types = [...new Set(doors.flatMap((door) => Object.keys(door.perform)))] as OperationType[]; // the type has no other keys

describeOnEveryEngine('every door tells one truth', (engine) => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre(engine);
  });
  afterAll(() => theatre.server.close());

  // oxlint-disable-next-line jest/expect-expect -- `play` expects, after every step
  test(
    `in ${sequences} sequences of operations through ${doors.map(({ name }) => name).join(', ')}`,
    async () => {
      const steps = array(arbitraryStep(types), { minLength: 1, maxLength: maxSteps, size: 'max' });
      await assert(
        asyncProperty(steps, (sequence) => play(theatre, sequence)),
        { numRuns: sequences, seed, endOnFailure: false },
      );
    },
    sequences * 10_000,
  );
});

/** Does one thing after another, and looks through every door after each. */
async function play({ server, stage: { admin, ...rest } }: Theatre, sequence: readonly Step[]): Promise<void> {
  const { database } = server.app;
  await clearStage(database, { ...rest, admin });
  const model = new Model(rest.people, rest.films, [admin]);
  for (const { operation, door: choice } of sequence) {
    const stage: Stage = { ...rest, admin, songs: model.songs };
    const door = chooseDoor(operation, choice);
    const { outcome, id } = await perform(door, operation, stage);
    const expected = model.apply(operation, { id, open: door.open?.includes(operation.type) === true });
    expect({ door: door.name, operation, outcome }).toEqual({ door: door.name, operation, outcome: expected });
    await Promise.all([storedDoor(database), ...doors].map((each) => compare(each, stage, model)));
  }
}

function chooseDoor({ type }: Operation, choice: number): Door {
  const able = doors.filter((door) => type in door.perform);
  const door = able[choice % able.length];
  if (!door) throw new Error(`No door can ${type}.`);
  return door;
}

function perform(door: Door, operation: Operation, stage: Stage): Promise<Result> {
  const action = door.perform[operation.type] as (operation: Operation, stage: Stage) => Promise<Result>; // the type names the door's action for it
  return action(operation, stage);
}

/** What a door shows must be what is; of lists by person, of those that it was asked for. */
async function compare(door: Door, stage: Stage, model: Model): Promise<void> {
  const seen = await door.read(stage, model.users);
  const expected = model.facets(door.shows);
  for (const [facet, value] of Object.entries(seen)) {
    const whole = expected[facet as keyof typeof expected]; // a door reads no other facets
    const asked = Array.isArray(whole)
      ? whole
      : Object.fromEntries(Object.keys(value).map((id) => [id, whole[Number(id) as never]]));
    expect({ door: door.name, facet, value }).toEqual({ door: door.name, facet, value: asked });
  }
}
