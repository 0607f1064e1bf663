import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort, findProgram } from './mysql-server.js';

/** A Redis of a test's own: on loopback, in memory alone. */
export interface RedisServer {
  readonly url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it anew, empty, where it was. */
  restart(): Promise<void>;
}

/** @returns undefined when Redis is not installed */
export async function startRedisServer(): Promise<RedisServer | undefined> {
  const program = findProgram('redis-server') ?? findProgram('valkey-server');
  if (!program) return undefined;
  const port = await findFreePort();
  const start = async () => {
    const child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']);
    await waitUntilListening(port);
    return child;
  };
  let child = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    restart: async () => {
      child = await start();
    },
  };
}

async function waitUntilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await sleep(50);
  }
  throw new Error('Redis does not listen.');
}
