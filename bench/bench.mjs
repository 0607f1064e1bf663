#!/usr/bin/env node
// bench.mjs - paired, interleaved benchmark of API servers on identical data and identical answers. See README.md.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { Conn, request, closedLoop, openLoop, once } from './lib/client.mjs';
import { makeParams, defaultMap, PROTOCOL, prng } from './lib/workloads.mjs';
import { canon, firstDiff, med } from './lib/answers.mjs';
import { coreBusyMs, cpuMs, rssMiB } from './lib/machine.mjs';
import { targets as allTargets } from './targets.mjs';

const here = import.meta.dirname;
const { values: o } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    dataset: { type: 'string', default: 'small' },
    targets: { type: 'string' },
    workloads: { type: 'string' },
    quick: { type: 'boolean' },
    rounds: { type: 'string' },
    ms: { type: 'string' },
    conns: { type: 'string', default: '32' },
    rate: { type: 'string' },
    'open-ms': { type: 'string' },
    'server-cpu': { type: 'string', default: '1' },
    'client-cpu': { type: 'string', default: '0' },
    seed: { type: 'string', default: '42' },
    out: { type: 'string' },
    'check-only': { type: 'boolean' },
    'no-open': { type: 'boolean' },
    'no-copy': { type: 'boolean' },
    'base-port': { type: 'string', default: '21900' },
    node: { type: 'string', default: process.execPath },
    baseline: { type: 'string', default: 'limit' },
    'slow-ms': { type: 'string', default: '60' },
  },
});
const ncpu = os.cpus().length,
  pin = ncpu > 1 && spawnSync('taskset', ['-V']).status === 0;
if (pin && !process.env.BENCH_PINNED) {
  // the client re-executes itself on its own core
  const r = spawnSync('taskset', ['-c', o['client-cpu'], process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_PINNED: '1' },
  });
  process.exit(r.status ?? 1);
}
const quick = o.quick,
  rounds = Number(o.rounds ?? (quick ? 3 : 7)),
  MS = Number(o.ms ?? (quick ? 350 : 1500)),
  CONNS = Number(o.conns),
  seed = Number(o.seed);
const dataDir = `db/${o.dataset}`;
const meta = JSON.parse(fs.readFileSync(path.resolve(here, dataDir, 'meta.json'), 'utf8'));
const mysqlUrl = `${process.env.BENCH_MYSQL}/peers_${o.dataset}`;
const P = makeParams(meta);
const runDir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const wantW = (o.workloads ?? (quick ? 'R1,R3,W1,G1,G2' : 'STATIC,SELECT1,R1,R2,R3,R4,R5,W1,M1,G1,G2,G3,G4,GW')).split(
  ',',
);

// ---------------------------------------------------------------- processes
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const dbPid =
  o.engine === 'mysql' && process.env.BENCH_DB_PIDFILE
    ? Number(fs.readFileSync(process.env.BENCH_DB_PIDFILE, 'utf8'))
    : null;
function questions() {
  // statements the SQL server has executed so far, by its own counter
  const cli = (process.env.MYSQL_CLI ?? '').split(' ').filter(Boolean);
  if (!cli.length) return null;
  return Number(
    execFileSync(cli[0], [...cli.slice(1), '-N', '-e', "SHOW GLOBAL STATUS LIKE 'Questions'"], { encoding: 'utf8' })
      .trim()
      .split(/\s+/)[1],
  );
}

const children = [];
async function start(t, i) {
  const port = Number(o['base-port']) + i;
  const ctx = { engine: o.engine, dataset: o.dataset, port, node: o.node };
  if (t.url) {
    t.base = t.url;
  } else {
    if (o.engine === 'sqlite') {
      const src = t.src(ctx);
      if (o['no-copy']) ctx.dbFile = src;
      else {
        ctx.dbFile = path.join(runDir, `${t.name}.sqlite`);
        fs.copyFileSync(src, ctx.dbFile);
      }
      ctx.dbUrl = `sqlite:${ctx.dbFile}`;
    } else ctx.dbUrl = mysqlUrl;
    const argv = t.cmd(ctx),
      cmd = pin ? ['taskset', '-c', o['server-cpu'], ...argv] : argv;
    const log = fs.openSync(path.join(runDir, `${t.name}.log`), 'w');
    t.base = `http://127.0.0.1:${port}`;
    const t0 = performance.now();
    t.child = spawn(cmd[0], cmd.slice(1), {
      cwd: t.cwd,
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...t.env(ctx) },
      stdio: ['ignore', log, log],
    });
    children.push(t.child);
    t.pid = t.child.pid;
    const probe = t.protocols.includes('rest') ? map(t, 'R3', { id: meta.popular[0][0] }) : map(t, 'G1', {});
    for (;;) {
      if (t.child.exitCode !== null)
        throw new Error(`${t.name} exited: ${fs.readFileSync(path.join(runDir, `${t.name}.log`), 'utf8').slice(-800)}`);
      const r = await once(t.base, probe.method, probe.path, probe);
      if (r.status === 200) break;
      if (performance.now() - t0 > 120000) throw new Error(`${t.name}: no 200 within 120 s (last ${r.status})`);
      await sleep(4);
    }
    t.startMs = performance.now() - t0;
    t.idleRss = rssMiB(t.pid);
  }
  if (t.adapter) Object.assign(t, await import(path.resolve(t.adapter)));
}
process.on('exit', () => {
  for (const c of children)
    try {
      c.kill('SIGKILL');
    } catch {
      /* gone */
    }
  fs.rmSync(runDir, { recursive: true, force: true });
});
for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => process.exit(130));

// ---------------------------------------------------------------- logical request -> HTTP
function map(t, name, p) {
  const own = t.map?.[name];
  const kind = name in defaultMap.rest ? 'rest' : name in defaultMap.extra ? 'extra' : 'graphql';
  const r = own ? own(p) : defaultMap[kind][name](p);
  if (r.query !== undefined)
    return {
      method: 'POST',
      path: t.graphql ?? '/graphql',
      headers: r.headers,
      json: { query: r.query, variables: r.variables },
      ok: 200,
    };
  return { ok: 200, ...r, path: kind === 'rest' ? (t.rest ?? '') + r.path : r.path };
}
const hostOf = (t) => new URL(t.base);
const wire = (t, name, p) => {
  const r = map(t, name, p);
  return { buf: request(r.method, r.path, { headers: r.headers, json: r.json, host: hostOf(t).host }), ok: r.ok };
};

/** next() of a stateless workload: a ring of prepared requests, the same logical sequence for each target. */
function ring(t, w, size = 512) {
  const cached = (t.rings ??= new Map()).get(w);
  if (cached) return cached;
  const rnd = prng(seed + w.charCodeAt(0) * 131 + w.charCodeAt(1)),
    fixed = ['R1', 'R2', 'G1', 'G2', 'STATIC', 'SELECT1'].includes(w);
  const list = Array.from({ length: fixed ? 1 : size }, () => wire(t, w, P[w](rnd)));
  let i = 0;
  const next = () => list[i++ % list.length];
  t.rings.set(w, next);
  return next;
}
/** Writer: create -> update -> delete of one rating by a bench-only user; leaves the data as it was. */
function writer(t, w, index) {
  const gql = w[0] === 'G',
    user = meta.benchFirst + (index % meta.benchUsers),
    rnd = prng(seed * 7 + index);
  let stage = 0,
    id,
    ratingId;
  return (ending) => {
    if (stage === 0) {
      if (ending) return null;
      id = P.zipf(rnd);
      stage = 1;
      const r = wire(t, gql ? 'GCREATE' : 'CREATE', { id, user, rating: 0.5 * (1 + Math.floor(rnd() * 10)) });
      if (!gql)
        r.then = (status, body) => {
          if (status === 201) ratingId = (t.createdId ?? ((b) => b.id))(JSON.parse(body));
        };
      return r;
    }
    if (stage === 1) {
      stage = 2;
      return wire(t, gql ? 'GUPDATE' : 'UPDATE', { id, user, ratingId, rating: 0.5 * (1 + Math.floor(rnd() * 10)) });
    }
    stage = 0;
    return wire(t, gql ? 'GDELETE' : 'DELETE', { id, user, ratingId });
  };
}
/** 90 % reads (R1 on pages 1..50: 36, R3: 32, R4: 13, R5: 9) and 10 % writes. */
function mixed(t, index) {
  const rnd = prng(seed * 13 + index),
    wr = writer(t, 'W1', index),
    reads = [
      [0.4, ring(t, 'R1P')],
      [0.75, ring(t, 'R3')],
      [0.9, ring(t, 'R4')],
      [1, ring(t, 'R5')],
    ];
  let open = 0;
  return (ending) => {
    if (ending) {
      if (!open) return null;
      open = (open + 1) % 3;
      return wr(false);
    }
    if (rnd() < 0.1) {
      open = (open + 1) % 3;
      return wr(false);
    }
    const x = rnd();
    return reads.find((r) => x < r[0])[1]();
  };
}
function flows(t, w, n) {
  if (w === 'W1' || w === 'GW') return Array.from({ length: n }, (_, i) => writer(t, w, i));
  if (w === 'M1') return Array.from({ length: n }, (_, i) => mixed(t, i));
  const next = ring(t, w);
  return Array.from({ length: n }, () => (ending) => (ending ? null : next()));
}
const supports = (t, w) => t.protocols.includes(PROTOCOL[w]) && !(t.skip ?? []).includes(w);

// ---------------------------------------------------------------- equality of answers
async function check(ts) {
  let bad = 0;
  for (const w of ['R1', 'R2', 'R1P', 'R3', 'R4', 'R5', 'G1', 'G2', 'G3', 'G4'].filter(
    (w) => wantW.includes(w) || (w === 'R1P' && wantW.includes('M1')),
  )) {
    const users = ts.filter((t) => supports(t, w === 'R1P' ? 'R1' : w));
    if (users.length < 2) continue;
    const n = ['R1', 'R2', 'G1', 'G2'].includes(w) ? 1 : quick ? 4 : 10;
    let equal = 0;
    const dropped = new Set();
    for (let i = 0; i < n; i++) {
      const p = P[w](prng(seed * 31 + i));
      let ref, refName;
      for (const t of users) {
        if (dropped.has(t.name)) continue;
        const r = map(t, w, p),
          t0 = performance.now(),
          a = await once(t.base, r.method, r.path, r),
          took = performance.now() - t0;
        let v;
        try {
          v = JSON.parse(a.body);
          if (t.normalize) v = t.normalize(w, v, p) ?? v;
          v = canon(v);
          if (w === 'R5')
            v.data.sort((a, b) => a.id - b.id); /* the original defines no order here, and the page holds all items */
        } catch {
          v = `unparsable answer (status ${a.status}): ${String(a.body).slice(0, 200)}`;
        }
        if (ref === undefined) {
          ref = v;
          refName = t.name;
          if (v?.errors || a.status !== 200) {
            console.log(`CHECK ${w} ${t.name}: status ${a.status} ${JSON.stringify(v).slice(0, 300)}`);
            bad++;
          }
        } else {
          const d = firstDiff(ref, v);
          if (d) {
            console.log(`CHECK ${w} ${JSON.stringify(p)}: ${t.name} differs from ${refName} at ${d}`);
            bad++;
            dropped.add(t.name);
            (t.skip ??= []).push(w);
          } else equal++;
        }
        if (took > 2000) {
          dropped.add(t.name);
        }
      }
    }
    console.log(`check ${w}: ${users.map((t) => t.name).join(' = ')}: ${equal} equal answers`);
  }
  return bad;
}

// ---------------------------------------------------------------- measuring
async function pool(t, n) {
  const u = hostOf(t);
  const c = Array.from({ length: n }, () => new Conn(u.hostname, Number(u.port)));
  await sleep(15);
  return c;
}
async function window(t, w, nconns, ms, max) {
  const fl = flows(t, w, nconns),
    conns = await pool(t, nconns); // fresh connections: idle ones may meet the server's keep-alive timeout
  const c0 = cpuMs(t.pid),
    d0 = dbPid ? cpuMs(dbPid) : 0,
    b0 = coreBusyMs(o['server-cpu']);
  const r = await closedLoop(conns, fl, ms, max);
  const cpu = cpuMs(t.pid) - c0,
    db = dbPid ? cpuMs(dbPid) - d0 : 0,
    busy = coreBusyMs(o['server-cpu']) - b0;
  for (const c of conns) c.close();
  return {
    n: r.n,
    errors: r.errors,
    bad: r.bad,
    cpu: cpu / r.n,
    db: db / r.n,
    rps: (r.n / r.ms) * 1000,
    p50: r.hist.q(0.5),
    p99: r.hist.q(0.99),
    bytes: r.bytes / r.n,
    foreign: pin ? Math.max(0, (busy - cpu) / r.ms) : 0,
  };
}
const main = async () => {
  const avail = allTargets({ engine: o.engine, dataset: o.dataset });
  const names = o.targets?.split(',') ?? ['limit', 'mercurius', 'yoga', 'apollo', ...avail.filter((t) => t.ours).map((t) => t.name)];
  let ts = names.map((n) => {
    const t = avail.find((x) => x.name === n);
    if (!t) throw new Error(`unknown target ${n}`);
    return t;
  });
  console.log(
    `engine ${o.engine}, data ${meta.dataset}: ${meta.movies} movies, ${meta.ratings} ratings, ${meta.users} users; node ${execFileSync(o.node, ['-v'], { encoding: 'utf8' }).trim()}; ${rounds} rounds x ${MS} ms, ${CONNS} connections; load ${os.loadavg()[0].toFixed(1)}`,
  );
  const up = [];
  for (const [i, t] of ts.entries()) {
    try {
      await start(t, i);
      up.push(t);
      console.log(
        `up ${t.name}: first 200 after ${t.startMs?.toFixed(0) ?? '-'} ms, RSS ${t.idleRss?.toFixed(0) ?? '-'} MiB`,
      );
    } catch (e) {
      console.log(`SKIP ${t.name}: ${e.message}`);
    }
  }
  ts = up;
  const bad = await check(ts);
  const result = {
    engine: o.engine,
    meta: { ...meta, popular: undefined, ids: undefined },
    rounds,
    ms: MS,
    conns: CONNS,
    date: new Date().toISOString(),
    mismatches: bad,
    slow: {},
    targets: {},
    workloads: {},
  };
  if (!o['check-only']) {
    for (const w of wantW) {
      const use = ts.filter((t) => supports(t, w) && !(t.child && t.child.exitCode !== null));
      if (!use.length) continue;
      const rec = new Map(use.map((t) => [t, []])),
        slow = new Set(),
        stuck = new Set();
      for (const t of use) {
        // one request tells a slow target; fast ones are then warmed up
        const c = await pool(t, 1);
        let took = Infinity,
          stalled = false;
        for (let k = 0; k < 3 && !stalled; k++) {
          const c0 = cpuMs(t.pid),
            d0 = dbPid ? cpuMs(dbPid) : 0,
            t0 = performance.now(),
            r = await closedLoop(c, flows(t, w, 1), 1e9, 1),
            ms = performance.now() - t0;
          took = Math.min(took, ms / r.n);
          if (ms > 4000) {
            stalled = true;
            rec
              .get(t)
              .push({
                n: r.n,
                errors: r.errors,
                bad: r.bad,
                cpu: (cpuMs(t.pid) - c0) / r.n,
                db: dbPid ? (cpuMs(dbPid) - d0) / r.n : 0,
                rps: (r.n / ms) * 1000,
                p50: ms,
                p99: ms,
                bytes: r.bytes / r.n,
                foreign: 0,
              });
          } // seconds a request: once is enough
        }
        c[0].close();
        if (stalled) {
          slow.add(t);
          stuck.add(t);
          continue;
        }
        if (took > Number(o['slow-ms']) || (w === 'M1' && result.slow.R1?.includes(t.name))) {
          slow.add(t);
          (result.slow[w] ??= []).push(t.name);
        } else {
          const c2 = await pool(t, CONNS);
          await closedLoop(c2, flows(t, w, CONNS), Math.max(quick ? 300 : 1200, MS));
          for (const x of c2) x.close();
        }
      }
      for (let r = 0; r < rounds; r++)
        for (let k = 0; k < use.length; k++) {
          const t = use[(k + r) % use.length];
          if (stuck.has(t) || (slow.has(t) && r >= (quick ? 1 : 3))) continue;
          let x;
          for (let again = 0; again < 2; again++) {
            x = await window(
              t,
              w,
              slow.has(t) ? 1 : CONNS,
              MS,
              slow.has(t) ? (w === 'W1' ? 9 : w === 'M1' ? 40 : 3) : Infinity,
            );
            if (x.foreign < 0.25) break;
          } // other work on the server's core: measure again
          rec.get(t).push(x);
        }
      const base = use.find((t) => t.name === o.baseline);
      result.workloads[w] = {};
      for (const t of use) {
        const xs = rec.get(t),
          br = base && rec.get(base);
        const e = {
          cpu: med(xs.map((x) => x.cpu)),
          db: dbPid ? med(xs.map((x) => x.db)) : null,
          rps: med(xs.map((x) => x.rps)),
          p50: med(xs.map((x) => x.p50)),
          p99: med(xs.map((x) => x.p99)),
          bytes: med(xs.map((x) => x.bytes)),
          cpuMin: Math.min(...xs.map((x) => x.cpu)),
          cpuMax: Math.max(...xs.map((x) => x.cpu)),
          n: xs.reduce((s, x) => s + x.n, 0),
          errors: xs.reduce((s, x) => s + x.errors, 0),
          foreign: med(xs.map((x) => x.foreign)),
          rounds: xs.length,
          ratio: br
            ? med(
                xs.map((x, i) => {
                  const y = br[i] ?? br[br.length - 1];
                  return (x.cpu + x.db) / (y.cpu + y.db);
                }),
              )
            : null,
        };
        if (e.errors) e.bad = Object.assign({}, ...xs.map((x) => x.bad));
        result.workloads[w][t.name] = e;
      }
      // statements per request, by the SQL server's own counter, one request at a time
      if (o.engine === 'mysql' && process.env.MYSQL_CLI && w !== 'STATIC')
        for (const t of use) {
          await sleep(60);
          const c = await pool(t, 1);
          const n = slow.has(t) ? 3 : 60,
            a = questions(),
            r = questions();
          await closedLoop(c, flows(t, w, 1), 1e9, n);
          const b = questions();
          c[0].close();
          const done = w === 'W1' || w === 'GW' ? Math.ceil(n / 3) * 3 : n;
          result.workloads[w][t.name].sql = Math.round(((b - r - (r - a)) / done) * 100) / 100;
        }
      // fixed-rate latency
      if (!o['no-open'] && !quick && w !== 'STATIC' && w !== 'SELECT1') {
        const rate = Number(o.rate ?? { W1: 150, GW: 150, G2: 150, G4: 100, R2: 100 }[w] ?? 300),
          ms = Number(o['open-ms'] ?? 4000);
        const all = new Map(use.map((t) => [t, []]));
        for (let r = 0; r < 3; r++)
          for (const t of use) {
            if (slow.has(t)) continue;
            const c = await pool(t, 64);
            let i = 0;
            const fl = flows(t, w, 64);
            const next = w === 'W1' || w === 'GW' || w === 'M1' ? null : fl[0];
            if (next) all.get(t).push(await openLoop(c, () => next(false), rate, ms, seed + r));
            else all.get(t).push(await openWriters(c, fl, rate, ms, seed + r));
            for (const x of c) x.close();
          }
        for (const t of use) {
          const xs = all.get(t);
          if (xs.length)
            Object.assign(result.workloads[w][t.name], {
              rate,
              op50: Math.min(...xs.map((x) => x.hist.q(0.5))),
              op99: Math.min(...xs.map((x) => x.hist.q(0.99))),
              oerr: xs.reduce((s, x) => s + x.errors + x.unfinished, 0),
            });
        }
      }
      for (const t of use) console.log(row(w, t.name, result.workloads[w][t.name]));
    }
    for (const t of ts)
      if (t.child && t.child.exitCode !== null)
        console.log(
          `DIED ${t.name} (exit ${t.child.exitCode}): ${fs.readFileSync(path.join(runDir, `${t.name}.log`), 'utf8').slice(-1500)}`,
        );
    for (const t of ts)
      result.targets[t.name] = {
        startMs: t.startMs,
        idleRss: t.idleRss,
        rss: t.pid ? rssMiB(t.pid) : null,
        peakRss: t.pid ? rssMiB(t.pid, 'VmHWM') : null,
      };
    console.log('\nserver           start ms  idle MiB  after MiB  peak MiB');
    for (const n in result.targets) {
      const x = result.targets[n];
      console.log(n.padEnd(16), f(x.startMs, 0, 8), f(x.idleRss, 0, 9), f(x.rss, 0, 10), f(x.peakRss, 0, 9));
    }
    if (o.out) fs.writeFileSync(o.out, JSON.stringify(result, null, 1));
  }
  console.log(bad ? `\n${bad} MISMATCHES` : '\nall compared answers equal');
  process.exitCode = bad ? 1 : 0;
  setTimeout(() => process.exit(), 50);
};
/** Open loop for stateful flows: an arrival takes any idle flow's next step; a flow stays on its connection. */
async function openWriters(conns, fl, rate, ms, s) {
  const own = new Map(conns.map((c, i) => [c, i]));
  // each connection is its own user, so handing the k-th connection the k-th flow keeps create -> update -> delete in order
  for (const c of conns) {
    const i = own.get(c),
      send = c.send.bind(c);
    c.send = (_, __, cb) => {
      const r = fl[i](false);
      send(r.buf, r.then !== undefined, (st, b, n) => {
        r.then?.(st, b);
        cb(st === r.ok ? 200 : st, null, n);
      });
    };
  }
  const r = await openLoop(conns, () => ({ buf: null, ok: 200 }), rate, ms, s);
  await Promise.all(
    conns.map(async (c, i) => {
      for (;;) {
        const q = fl[i](true);
        if (!q) break;
        await new Promise((k) => {
          Conn.prototype.send.call(c, q.buf, q.then !== undefined, (st, b) => {
            q.then?.(st, b);
            k();
          });
        });
      }
    }),
  );
  return r;
}
const f = (x, d, w) => (x === null || x === undefined ? '-' : x.toFixed(d)).padStart(w);
const row = (w, n, e) =>
  `${w.padEnd(8)}${n.padEnd(16)} cpu ${f(e.cpu, 4, 9)} ms  db ${f(e.db, 4, 8)}  x${f(e.ratio, 2, 7)}  ${f(e.rps, 0, 6)} req/s  closed p50 ${f(e.p50, 2, 7)} p99 ${f(e.p99, 2, 7)}  open@${e.rate ?? '-'} p50 ${f(e.op50, 2, 6)} p99 ${f(e.op99, 2, 7)}  sql ${f(e.sql, 2, 6)}  ${f(e.bytes, 0, 6)} B  [${f(e.cpuMin, 4, 6)}..${f(e.cpuMax, 4, 6)}] foreign ${f(e.foreign * 100, 0, 3)}%${e.errors ? `  ERRORS ${e.errors} ${JSON.stringify(e.bad)}` : ''}${e.oerr ? ` open-errors ${e.oerr}` : ''}`;
await main();
