import { type Logger, pino } from 'pino';
import type { Config } from './config.js';

export type { Logger } from 'pino';

/**
 * The server's log: JSON lines on stdout, readable lines on a developer's terminal. Callers log named fields, never
 * whole requests or bodies, so there is nothing to redact.
 */
export function createLogger({ logLevel, environment }: Pick<Config, 'logLevel' | 'environment'>): Logger {
  const pretty = environment === 'development' && process.stdout.isTTY;
  return pino({
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    ...(pretty && { transport: { target: 'pino-pretty', options: { colorize: true, singleLine: true } } }),
  });
}
