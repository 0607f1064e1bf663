import { existsSync } from 'node:fs';
import { dialectNames } from '../../server/app.js';

/**
 * The same file of every dialect's tests, so that suites over all dialects know none by name: what a dialect adds to
 * them goes when its folder does. A dialect without such a file adds nothing.
 *
 * @param name the file in `tests/rest/<dialect>/`, without its extension
 */
export async function importOfEachDialect<Exports>(name: string): Promise<readonly Exports[]> {
  const urls = dialectNames.map((dialect) => new URL(`../rest/${dialect}/${name}.js`, import.meta.url));
  const present = urls.filter((url) => existsSync(url));
  return Promise.all(present.map(async (url) => (await import(url.href)) as Exports)); // what that file exports is the caller's convention
}
