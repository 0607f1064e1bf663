import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Beside what it is made of: whoever can write here could change that as well. */
const folder = fileURLToPath(new URL('../.compiled', import.meta.url));

/**
 * Lets Node keep the compiled code of all modules that are loaded from now on, and load it from there at the next start.
 * Where the folder cannot be written to, what the build left in it is used; without that, nothing is gained or lost.
 */
export function keepCompiledCode(): void {
  enableCompileCache(folder);
}
