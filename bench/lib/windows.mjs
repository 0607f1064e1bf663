// Closed-loop windows: what a request costs, in turns of all targets.
import { med } from './answers.mjs';
import { Conn, closedLoop } from './client.mjs';
import { coreBusyMs, cpuMs } from './machine.mjs';
import { flowsOf, isWrite } from './requests.mjs';
import { options, pinned, sleep } from './run.mjs';
import { countStatements, databaseCpuMs, hasDatabaseCpu } from './servers.mjs';

/** More of the server's core than this went to others: the window is measured again. */
const maxForeign = 0.25;
/** A request that takes so long is measured once. */
const stuckMs = 4_000;

/** Fresh connections: idle ones may meet the server's keep-alive timeout. */
export async function connect(target, count) {
  const { hostname, port } = new URL(target.base);
  const connections = Array.from({ length: count }, () => new Conn(hostname, Number(port)));
  await sleep(15);
  return connections;
}

async function withConnections(target, count, work) {
  const connections = await connect(target, count);
  try {
    return await work(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** One window of a target. @param loop { count of connections, ms, most requests } */
function measure(target, workload, { count, ms, most = Number.POSITIVE_INFINITY }) {
  return withConnections(target, count, async (connections) => {
    const flows = flowsOf(target, workload, count);
    const before = [cpuMs(target.pid), databaseCpuMs(), coreBusyMs(options['server-cpu'])];
    const { n, ms: took, hist, bytes, errors, bad } = await closedLoop(connections, flows, ms, most);
    const [cpu, db, busy] = [cpuMs(target.pid), databaseCpuMs(), coreBusyMs(options['server-cpu'])].map(
      (after, index) => after - before[index],
    );
    return {
      ...{ n, errors, bad, ms: took },
      ...{ cpu: cpu / n, db: db / n, bytes: bytes / n, rps: (n / took) * 1000 },
      ...{ p50: hist.q(0.5), p99: hist.q(0.99) },
      foreign: pinned ? Math.max(0, (busy - cpu) / took) : 0,
    };
  });
}

/** Warms a target up. @returns how fast it is: 'fast', 'slow', or a window that took too long to have another */
async function tryOut(target, workload) {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3; attempt++) {
    const window = await measure(target, workload, { count: 1, ms: 1e9, most: 1 });
    if (window.ms > stuckMs) return window;
    best = Math.min(best, window.ms / window.n);
  }
  if (best > options.slowMs) return 'slow';
  await measure(target, workload, { count: options.conns, ms: options.warmMs });
  return 'fast';
}

async function undisturbed(target, workload, loop) {
  const window = await measure(target, workload, loop);
  return window.foreign < maxForeign ? window : measure(target, workload, loop);
}

const fewRequests = { W1: 9, M1: 40 };

/** All windows of a workload, by target; targets change places in each round. Slow ones get one connection and few requests. */
export async function measureRounds(targets, workload) {
  const [windows, speed] = [new Map(), new Map()];
  for (const target of targets) {
    const found = await tryOut(target, workload);
    windows.set(target, typeof found === 'string' ? [] : [found]);
    speed.set(target, typeof found === 'string' ? found : 'stuck');
  }
  for (let round = 0; round < options.rounds; round++) {
    for (let turn = 0; turn < targets.length; turn++) {
      const target = targets[(turn + round) % targets.length];
      const kind = speed.get(target);
      if (kind === 'stuck' || (kind === 'slow' && round >= (options.quick ? 1 : 3))) continue;
      const fast = { count: options.conns, ms: options.ms };
      const slow = { count: 1, ms: options.ms, most: fewRequests[workload] ?? 3 };
      windows.get(target).push(await undisturbed(target, workload, kind === 'slow' ? slow : fast));
    }
  }
  return { windows, slow: targets.filter((target) => speed.get(target) !== 'fast') };
}

/** Medians of a target's windows; `ratio` is to the baseline's of the same round. */
export function summarise(windows, baseline) {
  const median = (name) => med(windows.map((window) => window[name]));
  const sum = (name) => windows.reduce((total, window) => total + window[name], 0);
  const ratios = windows.map((window, round) => {
    const other = baseline?.[round] ?? baseline?.at(-1);
    return other ? (window.cpu + window.db) / (other.cpu + other.db) : null;
  });
  const cpus = windows.map(({ cpu }) => cpu);
  const errors = sum('errors');
  return {
    ...Object.fromEntries(['cpu', 'rps', 'p50', 'p99', 'bytes', 'foreign'].map((name) => [name, median(name)])),
    db: hasDatabaseCpu ? median('db') : null,
    ...{ cpuMin: Math.min(...cpus), cpuMax: Math.max(...cpus), n: sum('n'), errors, rounds: windows.length },
    ratio: med(ratios),
    ...(errors > 0 ? { bad: Object.assign({}, ...windows.map(({ bad }) => bad)) } : {}),
  };
}

/** SQL statements per request, one request at a time. */
export async function statementsPerRequest(target, workload, isSlow) {
  await sleep(60);
  const most = isSlow ? 3 : 60;
  return withConnections(target, 1, async (connections) => {
    const [first, before] = [countStatements(), countStatements()];
    await closedLoop(connections, flowsOf(target, workload, 1), 1e9, most);
    const asked = isWrite(workload) ? Math.ceil(most / 3) * 3 : most;
    return Math.round(((countStatements() - before - (before - first)) / asked) * 100) / 100;
  });
}
