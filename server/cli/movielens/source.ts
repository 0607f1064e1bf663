import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../command.js';
import { type Line, readLines, splitFields } from './csv.js';
import { columns } from './rows.js';

export type FileKind = keyof typeof columns;

/** One of the files of a MovieLens folder. */
export interface SourceFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/**
 * Looks for the three files and checks their headers, so that nothing is imported from a folder of something else.
 *
 * @throws CommandError naming the first file that is missing, cannot be read or has other columns
 */
export async function openSource(folder: string): Promise<Record<FileKind, SourceFile>> {
  return {
    movies: await openFile(folder, 'movies'),
    links: await openFile(folder, 'links'),
    ratings: await openFile(folder, 'ratings'),
  };
}

async function openFile(folder: string, kind: FileKind): Promise<SourceFile> {
  const name = `${kind}.csv`;
  const path = join(folder, name);
  const expected = columns[kind].join(',');
  if ((await readHeader(path)) !== expected) {
    throw new CommandError(`${path}: expected the header ${expected} in the first line`);
  }
  return { name, path, bytes: (await stat(path)).size };
}

async function readHeader(path: string): Promise<string | undefined> {
  try {
    const { value } = await readLines(path).next();
    const lines: readonly Line[] = value ?? [];
    return lines[0] && splitFields(lines[0].text).join(',');
  } catch (error) {
    throw new CommandError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
