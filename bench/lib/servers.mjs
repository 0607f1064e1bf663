// Processes: the servers that are measured, and the database beside them.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from './client.mjs';
import { cpuMs, rssMiB } from './machine.mjs';
import { toHttp } from './requests.mjs';
import { meta, options, pinned, sleep } from './run.mjs';

const runDir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const children = [];
const startLimitMs = 120_000;

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  fs.rmSync(runDir, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const databasePid =
  options.engine === 'mysql' && process.env.BENCH_DB_PIDFILE
    ? Number(fs.readFileSync(process.env.BENCH_DB_PIDFILE, 'utf8'))
    : null;

/** Whether the database is a process whose CPU time is known. */
export const hasDatabaseCpu = databasePid !== null;

/** CPU time of the database so far; 0 when it is not a process of its own. */
export const databaseCpuMs = () => (databasePid ? cpuMs(databasePid) : 0);

/** How many statements the SQL server has run so far, by its own count; this question is one of them. */
export function countStatements() {
  const [command, ...args] = process.env.MYSQL_CLI.split(' ');
  const answer = execFileSync(command, [...args, '-N', '-e', "SHOW GLOBAL STATUS LIKE 'Questions'"], {
    encoding: 'utf8',
  });
  return Number(answer.trim().split(/\s+/)[1]);
}

export const isDead = (target) => target.child.exitCode !== null;
export const lastWords = ({ name }) => fs.readFileSync(path.join(runDir, `${name}.log`), 'utf8').slice(-1500);

/** Starts a target, each on a port and with a SQLite file of its own, and waits for its first 200. */
export async function start(target, index) {
  const port = Number(options['base-port']) + index;
  const context = { engine: options.engine, dataset: options.dataset, port, node: options.node, ...giveData(target) };
  const command = [...(pinned ? ['taskset', '-c', options['server-cpu']] : []), ...target.cmd(context)];
  const log = fs.openSync(path.join(runDir, `${target.name}.log`), 'w');
  const startedAt = performance.now();
  target.base = `http://127.0.0.1:${port}`;
  if (target.adapter) Object.assign(target, await import(path.resolve(target.adapter)));
  target.child = spawn(command[0], command.slice(1), {
    cwd: target.cwd,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...target.env(context) },
    stdio: ['ignore', log, log],
  });
  children.push(target.child);
  target.pid = target.child.pid;
  await firstAnswer(target, startedAt);
  target.startMs = performance.now() - startedAt;
  target.idleRss = rssMiB(target.pid);
}

function giveData(target) {
  if (options.engine === 'mysql') return { dbUrl: `${process.env.BENCH_MYSQL}/peers_${options.dataset}` };
  const source = target.src({ dataset: options.dataset });
  const dbFile = options['no-copy'] ? source : path.join(runDir, `${target.name}.sqlite`);
  if (!options['no-copy']) fs.copyFileSync(source, dbFile);
  return { dbFile, dbUrl: `sqlite:${dbFile}` };
}

async function firstAnswer(target, startedAt) {
  const probe = target.protocols.includes('rest')
    ? toHttp(target, 'R3', { id: meta.popular[0][0] })
    : toHttp(target, 'G1', {});
  for (;;) {
    if (isDead(target)) throw new Error(`${target.name} exited: ${lastWords(target)}`);
    const { status } = await once(target.base, probe.method, probe.path, probe);
    if (status === 200) return;
    if (performance.now() - startedAt > startLimitMs) {
      throw new Error(`${target.name}: no 200 within ${startLimitMs / 1000} s (last ${status})`);
    }
    await sleep(4);
  }
}

/** Memory of a target, as long as it lives. */
export function memoryOf({ pid, startMs, idleRss }) {
  return { startMs, idleRss, rss: rssMiB(pid), peakRss: rssMiB(pid, 'VmHWM') };
}
