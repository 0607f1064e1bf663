import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Readiness } from './database/database.js';
import type { Logger } from './logger.js';

const pollMs = 1_000;

const waitingFor = {
  databaseAway: 'not ready: the database does not answer; trying on',
  migrationsPending: 'not ready: the database lacks migrations (npm run db:migrate)',
} satisfies Record<Exclude<Readiness, 'ready'>, string>;

/** Tells the log when a server becomes ready, what it waits for until then, and when its database goes and comes. */
export async function reportReadiness(database: Database, logger: Logger): Promise<void> {
  database.availability?.onChange((change) => {
    if (change.away) logger.error({ err: change.reason }, 'the database is away');
    else logger.info('the database is back');
  });
  let said: Readiness | undefined;
  for (;;) {
    const readiness = await database.findReadiness();
    if (readiness === 'ready') return logger.info('ready');
    if (readiness !== said) logger.warn(waitingFor[readiness]);
    said = readiness;
    await sleep(pollMs, undefined, { ref: false });
  }
}
