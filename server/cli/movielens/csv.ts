import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { RowRefusal } from './refusal.js';

/** A line as an editor numbers it, from 1, without its end. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Far above any real row; past it, a file without line ends would be read into memory whole. */
const maxLineLength = 10_000;
const chunkBytes = 256 * 1024;

/**
 * Reads a UTF-8 text file as chunks of lines. LF and CRLF end a line, a byte order mark is left out, and the last line
 * need not be ended. A line longer than a row may be comes cut off, still too long.
 *
 * @param onBytes told how many bytes each chunk took from the file
 */
export async function* readLines(path: string, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<Line[]> {
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: chunkBytes });
  let number = 0;
  let rest = '';
  let bytesBefore = 0;
  const toLine = (text: string): Line => ({ number: ++number, text: text.endsWith('\r') ? text.slice(0, -1) : text });
  const chunks: AsyncIterable<string> = stream; // strings, because it has an encoding
  for await (const chunk of chunks) {
    const first = number === 0 && rest === '';
    const lines = (rest + (first ? chunk.replace(/^\uFEFF/, '') : chunk)).split('\n');
    rest = (lines.pop() ?? '').slice(0, maxLineLength + 2);
    yield lines.map(toLine);
    onBytes(stream.bytesRead - bytesBefore);
    bytesBefore = stream.bytesRead;
  }
  if (rest !== '') yield [toLine(rest)];
}

/**
 * The fields of one CSV row. A row is a line here: MovieLens has no line ends inside fields, and so a quote that was
 * never closed costs its own line and not the rest of the file.
 *
 * @throws RowRefusal when the line is too long, is not UTF-8, or its quotes are broken
 */
export function splitFields(line: string): string[] {
  if (line.length > maxLineLength) throw new RowRefusal(`expected at most ${maxLineLength} characters in a line`);
  if (line.includes('\uFFFD')) throw new RowRefusal('expected UTF-8 text');
  return line.includes('"') ? splitQuoted(line) : line.split(',');
}

function splitQuoted(line: string): string[] {
  try {
    return parse(line, { record_delimiter: '\n', relax_column_count: true })[0] ?? [];
  } catch {
    throw new RowRefusal('expected a field in quotes to be closed, and quotes inside it doubled');
  }
}
