import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithin } from './exit-watch.js';
import type { Drain } from './http/drain.js';
import type { Logger } from './logger.js';

/** What happens how long after the signal, whatever else does; orchestrators kill after 30 s. */
export interface Deadlines {
  /** Requests that still run are cut off. */
  readonly cutOffMs: number;
  /** The process exits, whatever it could not close. */
  readonly exitMs: number;
  /** It is killed, should it not have been able to exit. */
  readonly killMs: number;
}

const defaultDeadlines: Deadlines = { cutOffMs: 20_000, exitMs: 24_000, killMs: 25_000 };
/** For the last bytes on their way to clients, and from clients who meet the closing door. */
const lastBytesMs = 200;
/** For threads of V8 that still compile: Node waits for them when it exits, and they may need the main thread. */
const lastThreadsMs = 100;

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
export function stopOnSignals(stoppable: Stoppable, deadlines: Deadlines = defaultDeadlines): void {
  const hurry = new AbortController();
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping || signal === 'SIGINT') hurry.abort();
      if (!stopping) watch(stoppable, deadlines);
      stoppable.logger.info({ signal }, 'stopping');
      stopping ??= stop(stoppable, hurry.signal, deadlines).finally(() => process.exit(0));
    });
  }
}

/** Ends the process in time, whatever holds it up, and says what did. */
function watch({ logger }: Stoppable, { exitMs, killMs }: Deadlines): void {
  endWithin(killMs);
  setTimeout(() => {
    logger.warn({ open: countOpen() }, 'not everything could be closed in time');
    process.exit(0);
  }, exitMs).unref();
}

/** What keeps the event loop going: how many of each kind, in Node's words. */
function countOpen(): Record<string, number> {
  const open: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) open[kind] = (open[kind] ?? 0) + 1;
  return open;
}

async function stop(stoppable: Stoppable, hurry: AbortSignal, { cutOffMs }: Deadlines): Promise<void> {
  const { app, logger, drainDelayMs } = stoppable;
  const signalledAt = performance.now();
  app.drain.begin();
  await sleep(drainDelayMs, undefined, { signal: hurry }).catch(() => {});
  await closeServer(stoppable, cutOffMs - (performance.now() - signalledAt));
  await app.close().catch((err: unknown) => logger.warn({ err }, 'could not close everything'));
  await sleep(lastThreadsMs);
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
