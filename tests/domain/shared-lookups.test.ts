import { expect, test } from '@jest/globals';
import { SharedLookups } from '../../server/domain/users/shared-lookups.js';

/** Lookups that end when they are told to. */
function createLookups() {
  const begun: { readonly key: string; end(found: string): void; fail(error: Error): void }[] = [];
  const lookups = new SharedLookups(
    (key: string) => new Promise<string>((end, fail) => void begun.push({ key, end, fail })),
  );
  return { lookups, begun };
}

/** Lets everything happen that waits for nothing. */
const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('whoever comes while a lookup is under way shares the next one, which begins when that is over', async () => {
  const { lookups, begun } = createLookups();
  const first = lookups.find('a');
  const later = [lookups.find('a'), lookups.find('a'), lookups.find('a')];
  await settle();
  expect(begun).toHaveLength(1);
  begun[0]?.end('old');
  expect(await first).toBe('old');
  await settle();
  expect(begun).toHaveLength(2);
  const latest = lookups.find('a');
  begun[1]?.end('new');
  expect(await Promise.all(later)).toEqual(['new', 'new', 'new']);
  await settle();
  begun[2]?.end('newest');
  expect(await latest).toBe('newest');
});

test('a lookup of something else waits for nobody', () => {
  const { lookups, begun } = createLookups();
  for (const key of ['a', 'b']) void lookups.find(key);
  expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
});

test('what was found is asked for again by whoever comes after it', async () => {
  const { lookups, begun } = createLookups();
  const first = lookups.find('a');
  begun[0]?.end('old');
  await first;
  await settle();
  void lookups.find('a');
  expect(begun).toHaveLength(2);
});

test('a failure is told to all who wait, and the next one to come has a lookup of its own', async () => {
  const { lookups, begun } = createLookups();
  const waiting = [lookups.find('a'), lookups.find('a')];
  begun[0]?.fail(new Error('away'));
  for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe('rejected');
  expect(begun).toHaveLength(1);
  const again = lookups.find('a');
  begun[1]?.end('back');
  expect(await again).toBe('back');
});
