import { createHash } from 'node:crypto';

/** Numbers from 0 to below 1, the same sequence for the same seed. */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** A number from 0 to below 1 that a text always has. */
export function fractionOf(text: string): number {
  return createHash('md5').update(text).digest().readUInt32BE() / 2 ** 32;
}

export function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item; // no list here is empty
}
