import { createServer } from 'node:http';
import { Drain } from '../../server/http/drain.js';
import { createLogger } from '../../server/logger.js';
import { stopOnSignals } from '../../server/stop.js';

/*
 * A process that is told to stop and cannot: `close` never comes to the end of closing, `exit` never of exiting, as Node may
 * not when its threads wait for each other. tests/stop.test.ts runs it.
 */
const holdsUp = process.argv[2];
const forever = new Promise<void>(() => {});
const logger = createLogger({ logLevel: 'info', environment: 'production' });
const server = createServer((_request, response) => response.end('{}'));
const app = { drain: new Drain(), close: () => (holdsUp === 'close' ? forever : Promise.resolve()) };
if (holdsUp === 'exit') process.on('exit', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));

server.listen(0, '127.0.0.1', () => {
  stopOnSignals({ server, app, logger, drainDelayMs: 0 }, { cutOffMs: 500, exitMs: 1_000, killMs: 2_000 });
  logger.info('listening');
});
