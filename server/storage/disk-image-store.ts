import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UnavailableError } from '../domain/errors.js';
import { type Content, type ImageStore, isObjectKey, type StoredObject } from './image-store.js';

/** Beside the prefixes, and no key: where writes are until they are whole. */
const incoming = '.incoming';

/** Where a disk store keeps what it is given, and where this server is reached to read it. */
export interface DiskStoreOptions {
  /** Made when it is first written to. */
  readonly folder: string;
  /** What keys are appended to, with a slash. */
  readonly baseUrl: string;
}

/** Images as files of one folder, which this server serves itself. */
export class DiskImageStore implements ImageStore {
  readonly #folder: string;
  readonly #baseUrl: string;

  constructor({ folder, baseUrl }: DiskStoreOptions) {
    this.#folder = folder;
    this.#baseUrl = baseUrl;
  }

  /** Written beside its place, flushed to the disk, then moved into it, so that nobody ever sees a part of it. */
  async put(key: string, content: Content): Promise<void> {
    const path = this.#pathOf(key);
    const part = join(this.#folder, incoming, randomUUID());
    await translating(async () => {
      await mkdir(dirname(part), { recursive: true });
      await mkdir(dirname(path), { recursive: true });
      try {
        // Made before anything is read: a stream that is still opening its file makes it after the content broke off.
        const file = await open(part, 'wx');
        await pipeline(content, file.createWriteStream({ flush: true }));
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    });
  }

  delete(key: string): Promise<void> {
    return translating(() => rm(this.#pathOf(key), { force: true }));
  }

  async find(key: string): Promise<StoredObject | undefined> {
    const found = await absentAsUndefined(() => stat(this.#pathOf(key)));
    return found?.isFile() ? { key, bytes: found.size, modifiedAt: found.mtimeMs } : undefined;
  }

  async readHead(key: string, bytes: number): Promise<Uint8Array> {
    const file = await absentAsUndefined(() => open(this.#pathOf(key)));
    if (!file) return new Uint8Array();
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** There is no other way into the folder. */
  signUpload(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    for (const name of await this.#filesIn(prefix)) {
      const found = await this.#describe(prefix, name);
      if (found) yield found;
    }
  }

  async removeBroken(before: number): Promise<number> {
    let removed = 0;
    for (const name of await this.#filesIn(incoming)) {
      const found = await this.#describe(incoming, name);
      if (!found || found.modifiedAt >= before) continue;
      await translating(() => rm(join(this.#folder, incoming, name), { force: true }));
      removed++;
    }
    return removed;
  }

  urlOf(key: string): string {
    return `${this.#baseUrl}/${key}`;
  }

  #pathOf(key: string): string {
    if (!isObjectKey(key)) throw new TypeError(`${JSON.stringify(key)} is no key`);
    return join(this.#folder, key);
  }

  async #filesIn(subfolder: string): Promise<string[]> {
    const entries = await absentAsUndefined(() => readdir(join(this.#folder, subfolder), { withFileTypes: true }));
    return (entries ?? []).filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  async #describe(subfolder: string, name: string): Promise<StoredObject | undefined> {
    const found = await absentAsUndefined(() => stat(join(this.#folder, subfolder, name)));
    return found && { key: `${subfolder}/${name}`, bytes: found.size, modifiedAt: found.mtimeMs };
  }
}

/** What a read finds; undefined when the file or folder is not there, or no longer. */
function absentAsUndefined<T>(read: () => Promise<T>): Promise<T | undefined> {
  return translating(async () => {
    try {
      return await read();
    } catch (error) {
      if (isFileFault(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
      throw error;
    }
  });
}

/** Turns what the file system refuses (full, read-only, not ours) into UnavailableError, and nothing else. */
async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isFileFault(error) ? new UnavailableError({ cause: error }) : error;
  }
}

/** What writing is refused with; unlike other faults of files, these come without a path. */
const writeFaults: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']);

/** A fault of the file system, and not of the socket that the bytes come from. */
function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return 'path' in error || writeFaults.has(error.code);
}
