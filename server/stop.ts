import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Drain } from './http/drain.js';
import type { Logger } from './logger.js';

/** Requests that still run this long after the signal are cut off ... */
const cutOffMs = 20_000;
/** ... and this long after it the process ends whatever happens: orchestrators kill after 30 s. */
const exitMs = 24_000;
/** For the last bytes on their way to clients, and from clients who meet the closing door. */
const lastBytesMs = 200;

export interface Stoppable {
  readonly server: Server;
  readonly app: { readonly drain: Drain; close(): Promise<void> };
  readonly logger: Logger;
  /** How long to serve on after SIGTERM, for routers to notice. */
  readonly drainDelayMs: number;
}

/**
 * Stops the process on SIGTERM, and exits with 0: first it says that it is not ready and serves on, so that whoever
 * routes requests here sends the next ones elsewhere; then it takes no more connections, finishes what runs, and closes
 * the database. On SIGINT, which a person sends, and on a second signal nobody is waited for but running requests.
 */
export function stopOnSignals(stoppable: Stoppable): void {
  const hurry = new AbortController();
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping || signal === 'SIGINT') hurry.abort();
      stoppable.logger.info({ signal }, 'stopping');
      stopping ??= stop(stoppable, hurry.signal).finally(() => process.exit(0));
    });
  }
}

async function stop(stoppable: Stoppable, hurry: AbortSignal): Promise<void> {
  const { app, logger, drainDelayMs } = stoppable;
  const signalledAt = performance.now();
  setTimeout(() => {
    logger.warn('not everything could be closed in time');
    process.exit(0);
  }, exitMs).unref();
  app.drain.begin();
  await sleep(drainDelayMs, undefined, { signal: hurry }).catch(() => {});
  await closeServer(stoppable, cutOffMs - (performance.now() - signalledAt));
  await app.close().catch((err: unknown) => logger.warn({ err }, 'could not close everything'));
  logger.info('stopped');
}

/** Takes no new connections, and closes each once its request is answered; at the end those that never had one. */
async function closeServer({ server, app }: Stoppable, timeoutMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const expired = sleep(timeoutMs, undefined, { ref: false });
  await Promise.race([app.drain.finish(), expired]);
  await Promise.race([closed, sleep(lastBytesMs)]);
  server.closeAllConnections();
  await closed;
}
