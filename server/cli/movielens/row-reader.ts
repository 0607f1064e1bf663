import { type Line, readLines, splitFields } from './csv.js';
import { RowRefusal } from './refusal.js';
import type { ImportReport } from './report.js';
import type { SourceFile } from './source.js';

/** A file that is read, and who hears of it. */
export interface Reading {
  readonly kind: 'films' | 'links' | 'ratings';
  readonly file: SourceFile;
  /** Filled in as the reading goes. */
  readonly report: ImportReport;
  /** Told after each piece that was read from a file. */
  readonly onProgress: (file: SourceFile, bytes: number) => void;
}

/**
 * Gives the rows of a file, one by one, to whoever takes them. Refused rows go into the report.
 *
 * @param take takes the fields of a row; true when what was taken has to be dealt with before there can be more.
 * @throws RowRefusal is what `take` throws for a row that cannot be taken, and it goes no further
 * @returns goes on each time that `take` said so, and at the end
 */
export async function* takeRows(
  { kind, file, report, onProgress }: Reading,
  take: (fields: readonly string[]) => boolean,
): AsyncGenerator<void> {
  const takeLine = ({ number, text }: Line): boolean => {
    if (number === 1 || text === '') return false;
    report[kind].read += 1;
    try {
      return take(splitFields(text));
    } catch (error) {
      if (!(error instanceof RowRefusal)) throw error;
      report.refuse(kind, { file: file.name, line: number }, error);
      return false;
    }
  };
  for await (const lines of readLines(file.path, (bytes) => onProgress(file, bytes))) {
    for (const line of lines) if (takeLine(line)) yield;
  }
  yield;
}

/** The rows of a file in batches; the last may be smaller. */
export async function* readBatches<T>(
  reading: Reading,
  size: number,
  parse: (fields: readonly string[]) => T,
): AsyncGenerator<T[]> {
  const batch: T[] = [];
  for await (const _full of takeRows(reading, (fields) => batch.push(parse(fields)) === size)) {
    if (batch.length > 0) yield batch.splice(0);
  }
}
