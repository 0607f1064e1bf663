import { MysqlDialect } from 'kysely';
import { createConnection, type PoolOptions } from 'mysql2';
import type { DatabaseConfig } from '../config/database.js';
import { Availability, type Probe } from './availability.js';
import { isFullHouse, NoAnswerError } from './faults.js';
import { hangUp } from './mysql-connection.js';
import { MySqlPool } from './mysql-pool.js';
import { connectTimeoutMs } from './mysql-session.js';
import type { OnStatement } from './statement-events.js';

/** How long a sign of life may take, in steps: a process too busy to read it in time must not blame the database. */
const [probeSteps, probeStepMs] = [11, 50];

type MySqlConfig = Extract<DatabaseConfig, { engine: 'mysql' }>;

/** MySQL as the rest of the server uses it. */
export interface MySqlAccess {
  readonly dialect: MysqlDialect;
  readonly pool: MySqlPool;
  readonly availability: Availability;
}

/**
 * Access for MySQL 8.4+ and MariaDB 10.11+; nothing is connected to yet.
 *
 * @param onStatement called after each statement that the query builder does not run
 */
export function createMySqlAccess(config: MySqlConfig, onStatement?: OnStatement): MySqlAccess {
  const { limits, patient, engine: _engine, ...address } = config;
  const connection: PoolOptions = {
    ...address,
    connectTimeout: connectTimeoutMs,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    dateStrings: true,
    enableKeepAlive: true,
  };
  const availability = new Availability(createProbe(connection));
  const pool = new MySqlPool({
    address,
    connection,
    limits,
    patient: patient === true,
    availability,
    onStatement,
  });
  return { dialect: new MysqlDialect({ pool }), pool, availability };
}

/** Asks over a connection of its own, so that a busy pool does not look like a database that is away. */
function createProbe(options: PoolOptions): Probe {
  return () =>
    new Promise((resolve, reject) => {
      const connection = createConnection(options);
      const finish = (error: Error | null) => {
        clearInterval(timer);
        // The server notes in its log whoever leaves without a word.
        if (error) hangUp(connection);
        else connection.end();
        if (!error || isFullHouse(error)) resolve();
        else reject(error);
      };
      let steps = 0;
      const timer = setInterval(() => {
        steps += 1;
        if (steps === probeSteps) finish(new NoAnswerError());
      }, probeStepMs);
      connection.on('error', finish);
      connection.query('select 1', finish);
    });
}
