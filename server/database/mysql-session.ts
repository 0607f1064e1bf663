/** A connection to a server that does not answer is given up on; whoever waits for it is answered sooner. */
export const connectTimeoutMs = 5_000;

/** The server ends a statement that takes too long; a server that does not is given up on this much later. */
export const graceMs = 1_000;

/**
 * What every session is told when it begins. Every write locks the film's row first, so nothing relies on gap locks, and
 * without them (READ COMMITTED) writers of different films never wait for each other. Each engine reads its own of the two
 * comments, and both limit statements.
 *
 * @param statementTimeoutMs for one statement; undefined: as long as it takes
 */
export function sessionSettings(statementTimeoutMs: number | undefined): string[] {
  const isolation = 'set session transaction isolation level read committed';
  if (statementTimeoutMs === undefined) return [isolation];
  // Whoever waits for a lock is a victim before its time is over, since a victim may be run again.
  const lockWaitSeconds = Math.max(1, Math.floor(statementTimeoutMs / 2_000));
  const locks = `innodb_lock_wait_timeout = ${lockWaitSeconds}, lock_wait_timeout = ${lockWaitSeconds}`;
  const mariaDb = `/*M! , max_statement_time = ${statementTimeoutMs / 1000} */`;
  const mySql = `/*!50708 , max_execution_time = ${statementTimeoutMs} */`;
  return [isolation, `set session ${locks} ${mariaDb} ${mySql}`];
}
