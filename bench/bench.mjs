#!/usr/bin/env node
// bench.mjs - servers side by side in one run: the same data, the same answers, turns. See README.md.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { checkAnswers } from './lib/check.mjs';
import { measureLatency } from './lib/latency.mjs';
import { memoryTable, rowOf } from './lib/print.mjs';
import { supports } from './lib/requests.mjs';
import { meta, moveToOwnCore, options } from './lib/run.mjs';
import { isDead, lastWords, memoryOf, start } from './lib/servers.mjs';
import { measureRounds, statementsPerRequest, summarise } from './lib/windows.mjs';
import { targets as allTargets } from './targets.mjs';

/** Nothing is asked of the database, or nothing but that: no latency worth a window. */
const plain = new Set(['STATIC', 'SELECT1']);

moveToOwnCore();
const { quick, rounds, ms, conns } = options;
const version = execFileSync(options.node, ['-v'], { encoding: 'utf8' }).trim();
console.log(
  `engine ${options.engine}, data ${meta.dataset}: ${meta.movies} movies, ${meta.ratings} ratings, ${meta.users} users; ` +
    `node ${version}; ${rounds} rounds x ${ms} ms, ${conns} connections; load ${os.loadavg()[0].toFixed(1)}`,
);
const targets = await startAll(chosenTargets());
const mismatches = await checkAnswers(targets);
if (!options['check-only']) {
  const result = await measureAll(targets);
  if (options.out) fs.writeFileSync(options.out, JSON.stringify({ ...result, mismatches }, null, 1));
}
console.log(mismatches ? `\n${mismatches} MISMATCHES` : '\nall compared answers equal');
process.exit(mismatches ? 1 : 0);

function chosenTargets() {
  const known = allTargets();
  const ours = known.filter((target) => target.ours).map(({ name }) => name);
  const names = options.targets?.split(',') ?? ['limit', 'mercurius', 'yoga', 'apollo', ...ours];
  return names.map((name) => {
    const target = known.find((candidate) => candidate.name === name);
    if (!target) throw new Error(`unknown target ${name}; there are ${known.map((each) => each.name).join(', ')}`);
    return target;
  });
}

async function startAll(chosen) {
  const up = [];
  for (const [index, target] of chosen.entries()) {
    try {
      await start(target, index);
      up.push(target);
      console.log(
        `up ${target.name}: first 200 after ${target.startMs.toFixed(0)} ms, RSS ${target.idleRss.toFixed(0)} MiB`,
      );
    } catch (error) {
      console.log(`SKIP ${target.name}: ${error.message}`);
    }
  }
  return up;
}

async function measureAll(up) {
  const workloads = {};
  const slow = {};
  for (const workload of options.workloads) {
    const users = up.filter((target) => supports(target, workload) && !isDead(target));
    if (users.length === 0) continue;
    const measured = await measureWorkload(workload, users);
    workloads[workload] = measured.entries;
    slow[workload] = measured.slow;
    for (const [name, entry] of Object.entries(measured.entries)) console.log(rowOf(workload, name, entry));
  }
  for (const target of up.filter(isDead)) {
    console.log(`DIED ${target.name} (exit ${target.child.exitCode}): ${lastWords(target)}`);
  }
  const memory = Object.fromEntries(up.map((target) => [target.name, memoryOf(target)]));
  console.log(`\n${memoryTable(memory)}`);
  return { ...description(), slow, targets: memory, workloads };
}

async function measureWorkload(workload, users) {
  const { windows, slow } = await measureRounds(users, workload);
  const baseline = windows.get(users.find(({ name }) => name === options.baseline));
  const entries = Object.fromEntries(users.map((target) => [target.name, summarise(windows.get(target), baseline)]));
  if (options.engine === 'mysql' && process.env.MYSQL_CLI && workload !== 'STATIC') {
    for (const target of users) {
      entries[target.name].sql = await statementsPerRequest(target, workload, slow.includes(target));
    }
  }
  if (!options['no-open'] && !quick && !plain.has(workload)) {
    const fast = users.filter((target) => !slow.includes(target));
    for (const [{ name }, latency] of await measureLatency(fast, workload)) Object.assign(entries[name], latency);
  }
  return { entries, slow: slow.map(({ name }) => name) };
}

function description() {
  const { popular: _popular, ids: _ids, ...data } = meta;
  return { engine: options.engine, meta: data, rounds, ms, conns, date: new Date().toISOString() };
}
