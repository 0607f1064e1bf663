import type { Config } from '../config.js';
import { readArguments, usageError } from './arguments.js';
import { CommandError, print, runTask } from './command.js';

const usage = 'node dist/server/cli/check-health.js [/health | /ready]';
/** Less than what runs this waits for it, so that what was wrong is said. */
const timeoutMs = 4_000;

/** Asks the server on this machine, as the image's HEALTHCHECK does: 0 when it answers that all is well, otherwise 1. */
await runTask(async (config) => {
  const { positionals } = readArguments({ allowPositionals: true }, usage);
  const [path = '/health', ...others] = positionals;
  if (!path.startsWith('/') || others.length > 0) throw usageError('expected one path', usage);
  const { status } = await ask(`http://${hostOf(config)}:${config.port}${path}`);
  if (status !== 200) throw new CommandError(`${path} answered ${status}.`);
  print(`${path} answered 200.`);
});

/** Where it listens; a server that listens everywhere is on loopback too. */
function hostOf({ host }: Config): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return name.includes(':') ? `[${name}]` : name;
}

async function ask(url: string): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new CommandError(`${url} did not answer.`, { cause: error });
  }
}
