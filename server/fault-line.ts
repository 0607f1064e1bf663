import { ConfigError } from './config/variables.js';
import { isUnusableFile } from './database/faults.js';
import { UnavailableError } from './domain/errors.js';

/** One line about an error that ends a process, without its stack: an operator needs to know what to change. */
export function faultLine(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const text = firstLine(findCause(error));
  if (error instanceof UnavailableError) return `The database cannot be reached: ${text}`;
  if (isUnusableFile(error))
    return new ConfigError('DATABASE_URL', `a SQLite file that can be used, but: ${text}`).message;
  return `Failed: ${text}`;
}

/** The innermost error: the ORM and the domain wrap what the driver said. */
function findCause(error: unknown): unknown {
  let current = error;
  while (current instanceof Error && current.cause) current = current.cause;
  return current;
}

function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node reports a host with two addresses as an error without a message, and a code.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message.split('\n', 1)[0] || code;
}
