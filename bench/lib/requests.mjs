// From a workload to requests: the same logical sequence for each target, in the words of its contract.
import { request } from './client.mjs';
import { meta, options, parameters } from './run.mjs';
import { defaultMap, PROTOCOL, prng } from './workloads.mjs';

/** Workloads that ask the same every time. */
const constant = new Set(['R1', 'R2', 'G1', 'G2', 'STATIC', 'SELECT1']);
const ringSize = 512;
/** A mixed flow: how much of it reads, and what it reads, by share from the left. */
const writeShare = 0.1;
const readShares = [
  [0.4, 'R1P'],
  [0.75, 'R3'],
  [0.9, 'R4'],
  [1, 'R5'],
];

export const isWrite = (workload) => workload === 'W1' || workload === 'GW';
export const isConstant = (workload) => constant.has(workload);
export const supports = (target, workload) =>
  target.protocols.includes(PROTOCOL[workload]) && !(target.skip ?? []).includes(workload);

/** The HTTP request of a logical one. */
export function toHttp(target, name, input) {
  const kind = ['rest', 'extra'].find((candidate) => name in defaultMap[candidate]) ?? 'graphql';
  const { query, variables, ...rest } = (target.map?.[name] ?? defaultMap[kind][name])(input);
  if (query === undefined)
    return { ok: 200, ...rest, path: kind === 'rest' ? (target.rest ?? '') + rest.path : rest.path };
  return {
    method: 'POST',
    path: target.graphql ?? '/graphql',
    headers: rest.headers,
    json: { query, variables },
    ok: 200,
  };
}

function toBytes(target, name, input) {
  const { method, path, headers, json, ok } = toHttp(target, name, input);
  return { buf: request(method, path, { headers, json, host: new URL(target.base).host }), ok };
}

/** One flow for each connection; a flow gives the next request, or null when it is told to end and has nothing open. */
export function flowsOf(target, workload, count) {
  const each = (make) => Array.from({ length: count }, (_, index) => make(index));
  if (isWrite(workload)) return each((index) => createWriter(target, workload, index));
  if (workload === 'M1') return each((index) => createMixed(target, index));
  const next = ringOf(target, workload);
  return each(() => (ending) => (ending ? null : next()));
}

/** A ring of prepared requests. */
function ringOf(target, workload) {
  target.rings ??= new Map();
  const known = target.rings.get(workload);
  if (known) return known;
  const random = prng(options.seed + workload.charCodeAt(0) * 131 + workload.charCodeAt(1));
  const length = isConstant(workload) ? 1 : ringSize;
  const list = Array.from({ length }, () => toBytes(target, workload, parameters[workload](random)));
  let turn = 0;
  const next = () => list[turn++ % list.length];
  target.rings.set(workload, next);
  return next;
}

/** Creates, changes and deletes a rating by a person of the benchmark's own, and leaves the data as it was. */
function createWriter(target, workload, index) {
  const inGraphql = workload[0] === 'G';
  const prefix = inGraphql ? 'G' : '';
  const user = meta.benchFirst + (index % meta.benchUsers);
  const random = prng(options.seed * 7 + index);
  const score = () => 0.5 * (1 + Math.floor(random() * 10));
  let [stage, id, ratingId] = [0];
  const create = () => {
    id = parameters.zipf(random);
    const wire = toBytes(target, `${prefix}CREATE`, { id, user, rating: score() });
    if (inGraphql) return wire;
    const then = (status, body) => {
      if (status === 201) ratingId = (target.createdId ?? ((answer) => answer.id))(JSON.parse(body));
    };
    return { ...wire, then };
  };
  const stages = [
    create,
    () => toBytes(target, `${prefix}UPDATE`, { id, user, ratingId, rating: score() }),
    () => toBytes(target, `${prefix}DELETE`, { id, user, ratingId }),
  ];
  return (ending) => {
    if (ending && stage === 0) return null;
    const wire = stages[stage]();
    stage = (stage + 1) % stages.length;
    return wire;
  };
}

function createMixed(target, index) {
  const random = prng(options.seed * 13 + index);
  const write = createWriter(target, 'W1', index);
  const reads = readShares.map(([share, workload]) => [share, ringOf(target, workload)]);
  return (ending) => {
    if (ending) return write(true);
    if (random() < writeShare) return write(false);
    const at = random();
    return reads.find(([share]) => at < share)[1]();
  };
}
