import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandError } from './command.js';

/**
 * Parses the command line strictly.
 *
 * @param usage how to type the command, for whoever did not
 * @throws CommandError with what is wrong and the usage, in one line
 */
export function readArguments<T extends ParseArgsConfig>(config: T, usage: string) {
  try {
    return parseArgs({ ...config, args: process.argv.slice(2) });
  } catch (error) {
    const problem = error instanceof Error ? (error.message.split(/[.\n]/, 1)[0] ?? '') : String(error);
    throw usageError(problem, usage);
  }
}

/** An error that ends with how to do it right. */
export function usageError(problem: string, usage: string): CommandError {
  return new CommandError(`${problem}. Usage: ${usage}`);
}
