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
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
]);

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

/** The database could not be reached, or went away. */
export function isConnectionFault(error: unknown): boolean {
  return hasCode(error, connectionCodes);
}

/** The SQLite file cannot be opened, written, or is something else. */
export function isUnusableFile(error: unknown): boolean {
  return hasCode(error, unusableFileCodes);
}

/** Looks at the error and at what caused it: MikroORM wraps driver errors, and a pool wraps socket errors. */
function hasCode(error: unknown, codes: ReadonlySet<unknown>): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // node:sqlite puts SQLite's extended result code in `errcode`, mysql2 its symbol in `code`.
  const { code, errcode, cause } = error as { code?: unknown; errcode?: unknown; cause?: unknown }; // any object may lack them
  return codes.has(code) || codes.has(errcode) || hasCode(cause, codes);
}
