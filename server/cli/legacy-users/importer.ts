import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { ConflictError, InvalidError } from '../../domain/errors.js';
import { hashLegacyPassword } from '../../domain/users/password.js';
import { checkStorable } from '../../domain/users/profile.js';
import type { UserRepository } from '../../domain/users/user.repository.js';
import type { NewUser } from '../../domain/users/user.types.js';
import { CommandError } from '../command.js';

/** As the original's table calls them (CloudCinema 5 "Schema"); `foto_perfil` may be missing. */
const requiredColumns = ['correo', 'nombre_completo', 'contrasena'] as const;
/** Hashing takes a core for a while; so many rows wait for it together. */
const rowsAtOnce = 8;
const maxPhotoLength = 500;

/** Where the rows are, and where they go. */
export interface LegacyImport {
  /** A CSV file with a header. */
  readonly path: string;
  readonly users: UserRepository;
  /** Told of each row that cannot be taken: file, line and reason, and nothing of what it says. */
  readonly onRefusal: (line: string) => void;
}

/** Rows, by what became of them. */
export interface LegacyReport {
  read: number;
  added: number;
  /** Their address has an account, which was left as it is. */
  present: number;
  refused: number;
}

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/**
 * Takes over people whose passwords an older system kept as MD5: argon2id over it, hashed anew at their next login
 * (CloudCinema C12). May be repeated: whoever has an account keeps it as it is.
 *
 * @throws CommandError when the file cannot be read, lacks a column or is no CSV
 */
export async function importLegacyUsers(task: LegacyImport): Promise<LegacyReport> {
  const report: LegacyReport = { read: 0, added: 0, present: 0, refused: 0 };
  const parser = parse({ columns: checkColumns, bom: true, info: true, skip_empty_lines: true, trim: true });
  try {
    await access(task.path);
    await pipeline(createReadStream(task.path), parser, (rows: AsyncIterable<CsvRow>) => takeAll(rows, task, report));
  } catch (error) {
    throw isFileFault(error) ? new CommandError(`${task.path}: ${error.message}`) : error;
  }
  return report;
}

function checkColumns(header: readonly string[]): string[] {
  const missing = requiredColumns.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new CommandError(`Expected the columns ${requiredColumns.join(', ')} in the first line`);
  return [...header];
}

async function takeAll(rows: AsyncIterable<CsvRow>, task: LegacyImport, report: LegacyReport): Promise<void> {
  let waiting: Promise<void>[] = [];
  for await (const row of rows) {
    report.read += 1;
    waiting.push(take(row, task, report));
    if (waiting.length < rowsAtOnce) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
}

async function take({ record, info }: CsvRow, task: LegacyImport, report: LegacyReport): Promise<void> {
  try {
    await task.users.create(await toUser(record));
    report.added += 1;
  } catch (error) {
    if (error instanceof ConflictError) {
      report.present += 1;
    } else if (error instanceof InvalidError) {
      report.refused += 1;
      task.onRefusal(`${task.path}:${info.lines}: ${error.message}`);
    } else {
      throw error;
    }
  }
}

async function toUser(record: Readonly<Record<string, string>>): Promise<NewUser> {
  const { correo: email = '', nombre_completo: name = '', contrasena: md5 = '', foto_perfil: photo = '' } = record;
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new InvalidError('correo', 'an e-mail address');
  if (name === '') throw new InvalidError('nombre_completo', 'a name');
  checkStorable({ name, email });
  if (photo.length > maxPhotoLength) throw new InvalidError('foto_perfil', `at most ${maxPhotoLength} characters`);
  return { name, email, profileImageKey: photo || null, passwordHash: await hashLegacyPassword(md5) };
}

function isFileFault(error: unknown): error is Error {
  return error instanceof CsvError || (error instanceof Error && 'code' in error && 'path' in error);
}
