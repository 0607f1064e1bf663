import { describe } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import type { DatabaseConfig } from '../../server/config/database.js';
import { readConfig } from '../../server/config.js';
import { mySqlUrlVariable } from './mysql-server.js';

/** An engine that a suite runs on; each `createDatabase` is empty and private to its caller. */
export interface Engine {
  readonly name: DatabaseConfig['engine'];
  createDatabase(): Promise<TestDatabase>;
}

export interface TestDatabase {
  readonly url: string;
  readonly config: DatabaseConfig;
  drop(): Promise<void>;
}

/** Each of its databases is in memory. */
export const sqlite: Engine = {
  name: 'sqlite',
  createDatabase: async () => toTestDatabase('sqlite::memory:', async () => {}),
};

let databases = 0;

/** A MySQL-compatible server. @param url `mysql://user:password@host:port` */
export function mySqlAt(url: string): Engine {
  const administer = (statement: string) => execute(url, statement);
  return {
    name: 'mysql',
    createDatabase: async () => {
      const name = `test_${process.pid}_${++databases}`;
      await administer(`create database ${name} character set utf8mb4 collate utf8mb4_bin`);
      return toTestDatabase(`${url}/${name}`, () => administer(`drop database ${name}`));
    },
  };
}

/** Runs the same suite on every engine that this run has. */
export function describeOnEveryEngine(name: string, suite: (engine: Engine) => void): void {
  describe(`${name} [sqlite]`, () => suite(sqlite));
  describeOnMySql(name, suite);
}

/** Runs a suite about what only MySQL has, where this run has one. */
export function describeOnMySql(name: string, suite: (engine: Engine) => void): void {
  (process.env[mySqlUrlVariable] ? describe : describe.skip)(`${name} [mysql]`, () =>
    suite(mySqlAt(process.env[mySqlUrlVariable] ?? '')),
  );
}

function toTestDatabase(url: string, drop: () => Promise<void>): TestDatabase {
  return { url, config: readConfig({ DATABASE_URL: url }).database, drop };
}

async function execute(url: string, statement: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
