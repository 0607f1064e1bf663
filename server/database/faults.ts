import { UnavailableError } from '../domain/errors.js';

/** Codes by which the drivers say that a row was already there. */
const duplicateCodes = new Set(['ER_DUP_ENTRY', 2067, 1555]);
/** Deadlock, lock wait timeout, and SQLite's busy and locked. */
const lockCodes = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 5, 6, 261, 262, 517]);
/** A foreign key points at a row that is not there, or is larger than any id that there can be. */
const missingParentCodes = new Set([
  'ER_NO_REFERENCED_ROW_2',
  'ER_NO_REFERENCED_ROW',
  'ER_WARN_DATA_OUT_OF_RANGE',
  787,
]);
/** SQLite: no permission, read-only, cannot be opened, is no database. */
const unusableFileCodes = new Set([3, 8, 14, 26]);
/** MariaDB's own numbers, for which the driver has no name: a killed connection, and a statement over its time. */
const [killed, statementTimeout] = [1927, 1969];
const connectionCodes = new Set<unknown>([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  killed,
  'NO_ANSWER',
]);
/** The server has all the connections that it takes. */
const fullHouseCodes = new Set(['ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_USER_LIMIT_REACHED']);
/** The server ended a statement: MySQL's and MariaDB's time limit, and a stop. */
const endedCodes = new Set<unknown>(['ER_QUERY_TIMEOUT', 'ER_QUERY_INTERRUPTED', statementTimeout]);
/** SQLite: the disk failed, or is full. */
const diskCodes = new Set([10, 13]);

/** Nobody waits any more for an answer, which may never come; what it would have said is unknown. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly code = 'NO_ANSWER';

  constructor(options?: ErrorOptions) {
    super('The database does not answer.', options);
  }
}

/** A unique index refused the row. */
export function isDuplicate(error: unknown): boolean {
  return hasCode(error, duplicateCodes);
}

/** A reference points at a row that does not exist. */
export function isMissingParent(error: unknown): boolean {
  return hasCode(error, missingParentCodes);
}

/** The transaction lost a lock and may be run again. */
export function isLockFault(error: unknown): boolean {
  return hasCode(error, lockCodes);
}

/** The database could not be reached, or went away; what became of the statement is unknown. */
export function isConnectionFault(error: unknown): boolean {
  return hasCode(error, connectionCodes) || some(error, ({ fatal }) => fatal === true);
}

/** The server is there, but takes no more connections. */
export function isFullHouse(error: unknown): boolean {
  return hasCode(error, fullHouseCodes);
}

/** The statement did nothing, and the same statement may well succeed later. */
export function isTemporaryFault(error: unknown): boolean {
  return isLockFault(error) || isFullHouse(error) || hasCode(error, endedCodes);
}

/** What is to be thrown where statements of MySQL pass: whatever may be gone when the request comes again is an UnavailableError. */
export function asUnavailable(error: unknown): unknown {
  return isConnectionFault(error) || isTemporaryFault(error) ? new UnavailableError({ cause: error }) : error;
}

/** The SQLite file cannot be opened, written, or is something else. */
export function isUnusableFile(error: unknown): boolean {
  return hasCode(error, unusableFileCodes);
}

/** The disk under the SQLite file failed, or is full. */
export function isDiskFault(error: unknown): boolean {
  // The lowest byte of an extended result code is the plain one.
  return some(error, ({ errcode }) => typeof errcode === 'number' && diskCodes.has(errcode & 0xff));
}

function hasCode(error: unknown, codes: ReadonlySet<unknown>): boolean {
  return some(error, ({ code, errcode, errno }) => codes.has(code) || codes.has(errcode) || codes.has(errno));
}

interface DriverError {
  /** mysql2's symbol, or Node's. */
  readonly code?: unknown;
  /** node:sqlite: SQLite's extended result code. */
  readonly errcode?: unknown;
  /** mysql2: the server's number. */
  readonly errno?: unknown;
  /** mysql2: nothing more will come of this connection. */
  readonly fatal?: unknown;
}

/** Looks at the error and at what caused it: MikroORM wraps driver errors, and a pool wraps socket errors. */
function some(error: unknown, is: (error: DriverError) => boolean): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return is(error) || ('cause' in error && some(error.cause, is));
}
