// Latency at a fixed rate: Poisson arrivals, counted from when they were to come.
import { Conn, openLoop } from './client.mjs';
import { flowsOf, isWrite } from './requests.mjs';
import { options } from './run.mjs';
import { connect } from './windows.mjs';

const rates = { W1: 150, GW: 150, G2: 150, G4: 100, R2: 100 };
const [usualRate, attempts, connectionCount] = [300, 3, 64];

/** p50 and p99 by target: the best of three windows, since other work on the machine only ever adds. */
export async function measureLatency(targets, workload) {
  const rate = Number(options.rate ?? rates[workload] ?? usualRate);
  const windows = new Map(targets.map((target) => [target, []]));
  for (let attempt = 0; attempt < attempts; attempt++) {
    for (const target of targets) {
      windows.get(target).push(await measureOnce(target, workload, { rate, seed: options.seed + attempt }));
    }
  }
  return new Map([...windows].map(([target, list]) => [target, { rate, ...bestOf(list) }]));
}

function bestOf(windows) {
  const best = (share) => Math.min(...windows.map(({ hist }) => hist.q(share)));
  return { op50: best(0.5), op99: best(0.99), oerr: windows.reduce((sum, w) => sum + w.errors + w.unfinished, 0) };
}

async function measureOnce(target, workload, { rate, seed }) {
  const connections = await connect(target, connectionCount);
  const flows = flowsOf(target, workload, connectionCount);
  const result =
    isWrite(workload) || workload === 'M1'
      ? await openStateful(connections, flows, { rate, seed })
      : await openLoop(connections, () => flows[0](false), rate, options.openMs, seed);
  for (const connection of connections) connection.close();
  return result;
}

/** For flows with a state: an arrival takes the next step of any idle flow, and a flow stays on its connection. */
async function openStateful(connections, flows, { rate, seed }) {
  connections.forEach((connection, index) => {
    connection.send = (_buffer, _needsBody, answer) => {
      const { buf, ok, then } = flows[index](false);
      Conn.prototype.send.call(connection, buf, then !== undefined, (status, body) => {
        then?.(status, body);
        answer(status === ok ? 200 : status, null, 0);
      });
    };
  });
  const result = await openLoop(connections, () => ({ buf: null, ok: 200 }), rate, options.openMs, seed);
  await Promise.all(connections.map((connection, index) => finish(connection, flows[index])));
  return result;
}

/** Lets a flow end what it has open. */
async function finish(connection, flow) {
  for (let step = flow(true); step; step = flow(true)) {
    const { buf, then } = step;
    await new Promise((resolve) => {
      Conn.prototype.send.call(connection, buf, then !== undefined, (status, body) => {
        then?.(status, body);
        resolve();
      });
    });
  }
}
