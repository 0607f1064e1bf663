import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { Config } from './config.js';

export type { Logger } from 'pino';

/**
 * The server's log: JSON lines on stdout, readable lines on a developer's terminal. Callers log named fields, never
 * whole requests or bodies, and of an error under `err` only what `describeError` takes, so there is nothing to redact.
 *
 * @param destination where lines go instead
 */
export function createLogger(
  { logLevel, environment }: Pick<Config, 'logLevel' | 'environment'>,
  destination?: DestinationStream,
): Logger {
  const pretty = environment === 'development' && process.stdout.isTTY && !destination;
  const options: LoggerOptions = {
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    ...(pretty && { transport: { target: 'pino-pretty', options: { colorize: true, singleLine: true } } }),
  };
  return destination ? pino(options, destination) : pino(options);
}

/** How many causes are followed: an error may be its own. */
const maxCauses = 5;

/**
 * What the log says of an error: its type, message, code and stack, and of what caused it alike. Drivers and parsers put
 * the statement with its values, or the whole body, into properties of theirs, which stay out.
 */
export function describeError(error: unknown, causes = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error;
  const { name: type, message, stack } = error;
  const code = 'code' in error ? error.code : undefined;
  const hasCode = typeof code === 'string' || typeof code === 'number';
  const hasCause = error.cause !== undefined && causes < maxCauses;
  return {
    type,
    message,
    ...(hasCode && { code }),
    stack,
    ...(hasCause && { cause: describeError(error.cause, causes + 1) }),
  };
}
