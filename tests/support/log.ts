import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, type Logger } from '../../server/logger.js';

/** The lines that a server logs, for tests that read them. */
export interface CapturedLog {
  readonly logger: Logger;
  /** All of it so far. */
  text(): string;
  /** Waits for a line with these fields: a request is logged when its response is over, which its client may see first. */
  find(fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
}

/** A log as the server writes it, kept in memory. */
export function captureLog(): CapturedLog {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const lines = () =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>); // pino writes objects
  const find: CapturedLog['find'] = async (fields) => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const found = lines().find((line) => Object.entries(fields).every(([name, value]) => line[name] === value));
      if (found) return found;
      await sleep(10);
    }
    throw new Error(`No line with ${JSON.stringify(fields)} in:\n${text}`);
  };
  return { logger: createLogger({ logLevel: 'info', environment: 'test' }, stream), text: () => text, find };
}
