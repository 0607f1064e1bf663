// This run: what the command line asks, the data set, and where the processes belong.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeParams } from './workloads.mjs';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    dataset: { type: 'string', default: 'small' },
    targets: { type: 'string' },
    workloads: { type: 'string' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    ms: { type: 'string' },
    conns: { type: 'string', default: '32' },
    rate: { type: 'string' },
    'open-ms': { type: 'string', default: '4000' },
    'server-cpu': { type: 'string', default: '1' },
    'client-cpu': { type: 'string', default: '0' },
    seed: { type: 'string', default: '42' },
    out: { type: 'string' },
    'check-only': { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    'no-copy': { type: 'boolean', default: false },
    'base-port': { type: 'string', default: '21900' },
    node: { type: 'string', default: process.execPath },
    baseline: { type: 'string', default: 'limit' },
    'slow-ms': { type: 'string', default: '60' },
  },
});

const quickWorkloads = 'R1,R3,W1,G1,G2';
const allWorkloads = 'STATIC,SELECT1,R1,R2,R3,R4,R5,W1,M1,G1,G2,G3,G4,GW';

/** The command line, in numbers and lists; a quick pass measures less of everything. */
export const options = {
  ...values,
  rounds: Number(values.rounds ?? (values.quick ? 3 : 7)),
  ms: Number(values.ms ?? (values.quick ? 300 : 1500)),
  warmMs: values.quick ? 250 : Math.max(1200, Number(values.ms ?? 1500)),
  conns: Number(values.conns),
  seed: Number(values.seed),
  openMs: Number(values['open-ms']),
  slowMs: Number(values['slow-ms']),
  workloads: (values.workloads ?? (values.quick ? quickWorkloads : allWorkloads)).split(','),
};

/** Whether the client and the servers have a core of their own. */
export const pinned = os.cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0;

/** Starts this program again on the client's core, and does not come back. */
export function moveToOwnCore() {
  if (!pinned || process.env.BENCH_PINNED) return;
  const { status } = spawnSync('taskset', ['-c', options['client-cpu'], process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_PINNED: '1' },
  });
  process.exit(status ?? 1);
}

/** What load.mjs says of the data. */
export const meta = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, '../db', options.dataset, 'meta.json'), 'utf8'),
);

/** The parameters of each workload's requests. */
export const parameters = makeParams(meta);

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
