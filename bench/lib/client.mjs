// A small raw-socket HTTP/1.1 load client: keep-alive, one outstanding request per connection, no dependencies.
import net from 'node:net';
import { Worker } from 'node:worker_threads';

/** One keep-alive connection. send(buf, cb) -> cb(status, body | null, bytes); body only when asked for. */
export class Conn {
  constructor(host, port) {
    this.host = host;
    this.port = port;
    this.sock = null;
    this.cb = null;
    this.rest = null;
    this.needBody = false;
    this.open();
  }
  open() {
    const s = (this.sock = net.connect({ host: this.host, port: this.port, noDelay: true }));
    s.on('data', (d) => this.data(d));
    const lost = () => {
      if (this.sock !== s) return;
      this.rest = null;
      const cb = this.cb;
      this.cb = null;
      this.sock = null;
      s.destroy();
      if (cb) cb(0, null, 0);
    };
    s.on('error', lost);
    s.on('close', lost);
  }
  send(buf, needBody, cb) {
    if (!this.sock) this.open();
    this.cb = cb;
    this.needBody = needBody;
    this.sock.write(buf);
  }
  data(d) {
    const b = this.rest ? Buffer.concat([this.rest, d]) : d;
    const h = b.indexOf('\r\n\r\n');
    if (h < 0) {
      this.rest = b;
      return;
    }
    const head = b.latin1Slice(0, h).toLowerCase(),
      status = +head.slice(9, 12),
      at = h + 4;
    let end,
      body = null;
    const c = head.indexOf('\r\ncontent-length:');
    if (status === 204 || status === 304) end = at;
    else if (c >= 0) {
      end = at + parseInt(head.slice(c + 17, c + 30), 10);
      if (b.length < end) {
        this.rest = b;
        return;
      }
      if (this.needBody) body = b.subarray(at, end).toString('utf8');
    } else if (head.includes('transfer-encoding: chunked')) {
      let p = at;
      const parts = [];
      for (;;) {
        const e = b.indexOf('\r\n', p);
        if (e < 0) {
          this.rest = b;
          return;
        }
        const n = parseInt(b.latin1Slice(p, e), 16),
          from = e + 2,
          to = from + n + 2;
        if (b.length < to) {
          this.rest = b;
          return;
        }
        if (n === 0) {
          end = to;
          break;
        }
        if (this.needBody) parts.push(b.subarray(from, from + n));
        p = to;
      }
      if (this.needBody) body = Buffer.concat(parts).toString('utf8');
    } else {
      this.rest = b;
      return;
    }
    this.rest = null;
    const cb = this.cb;
    this.cb = null;
    if (head.includes('\r\nconnection: close')) {
      const s = this.sock;
      this.sock = null;
      s.destroy();
    }
    if (cb) cb(status, body, end);
  }
  close() {
    const s = this.sock;
    this.sock = null;
    s?.destroy();
  }
}

export const request = (method, path, { headers = {}, json, host = '127.0.0.1' } = {}) => {
  const body = json === undefined ? null : Buffer.from(JSON.stringify(json));
  let h = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\n`;
  for (const k in headers) h += `${k}: ${headers[k]}\r\n`;
  if (body) h += `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  h += '\r\n';
  return body ? Buffer.concat([Buffer.from(h), body]) : Buffer.from(h);
};

/** Latency histogram: 1 % wide logarithmic buckets from 1 us. */
export class Hist {
  constructor() {
    this.b = new Uint32Array(2400);
    this.n = 0;
  }
  add(ms) {
    this.n++;
    const k = Math.log(Math.max(ms * 1000, 1)) / 0.00995033;
    this.b[k > 2399 ? 2399 : k | 0]++;
  }
  q(p) {
    if (!this.n) return null;
    let need = Math.ceil(this.n * p),
      k = 0;
    for (; k < this.b.length; k++) {
      need -= this.b[k];
      if (need <= 0) break;
    }
    return Math.exp((k + 0.5) * 0.00995033) / 1000;
  }
}

/**
 * Closed loop: every connection keeps exactly one request outstanding for `ms`, then drains.
 * flows[i]() -> { buf, ok: status | [statuses], body?: boolean, then?: (json) => void }; a flow may answer null to stop early.
 */
export function closedLoop(conns, flows, ms, maxRequests = Infinity) {
  return new Promise((resolve) => {
    const hist = new Hist();
    let n = 0,
      errors = 0,
      bytes = 0,
      live = 0,
      started = 0;
    const bad = {};
    const t0 = performance.now(),
      stop = t0 + ms;
    const step = (c, flow) => {
      const r = flow(performance.now() >= stop || started >= maxRequests);
      if (!r) {
        if (--live === 0) resolve({ n, errors, bad, bytes, ms: performance.now() - t0, hist });
        return;
      }
      started++;
      const s = performance.now();
      c.send(r.buf, r.then !== undefined, (status, body, len) => {
        hist.add(performance.now() - s);
        n++;
        bytes += len;
        if (status !== r.ok) {
          errors++;
          bad[status] = (bad[status] ?? 0) + 1;
        }
        if (r.then) r.then(status, body);
        step(c, flow);
      });
    };
    live = flows.length;
    flows.forEach((f, i) => step(conns[i], f));
  });
}

/** Open loop: Poisson arrivals at `rate`/s for `ms`; latency counts from the intended arrival, so queueing is not hidden. */
export function openLoop(conns, next, rate, ms, seed = 1) {
  return new Promise((resolve) => {
    const hist = new Hist();
    let n = 0,
      errors = 0,
      outstanding = 0,
      issued = 0,
      done = false;
    const free = conns.slice(),
      queue = [];
    const bad = {};
    const fire = (c, due) => {
      const r = next();
      outstanding++;
      c.send(r.buf, r.then !== undefined, (status, body) => {
        hist.add(performance.timeOrigin + performance.now() - due);
        n++;
        outstanding--;
        if (status !== r.ok) {
          errors++;
          bad[status] = (bad[status] ?? 0) + 1;
        }
        if (r.then) r.then(status, body);
        if (queue.length) fire(c, queue.shift());
        else free.push(c);
        finish();
      });
    };
    let timer;
    const end = (timedOut) => {
      clearTimeout(timer);
      w.terminate();
      resolve({ n, errors, bad, issued, unfinished: outstanding + queue.length, timedOut, ms, hist });
    };
    const finish = () => {
      if (done && outstanding === 0 && queue.length === 0) end(false);
    };
    // a thread that sleeps precisely and posts each arrival: the main thread stays free to read responses
    const w = new Worker(
      `
      const { parentPort, workerData: { rate, ms, seed } } = require('node:worker_threads');
      const cell = new Int32Array(new SharedArrayBuffer(4)); const now = () => performance.timeOrigin + performance.now();
      let s = seed >>> 0; const rnd = () => { s = (s + 0x6D2B79F5) >>> 0; let t = Math.imul(s ^ (s >>> 15), 1 | s); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
      const t0 = now() + 20; let at = t0; const stop = t0 + ms;
      for (;;) { at += -Math.log(1 - rnd()) * 1000 / rate; if (at > stop) break; for (;;) { const d = at - now(); if (d <= 0.02) break; Atomics.wait(cell, 0, 0, d > 0.1 ? d - 0.06 : 0.02); } parentPort.postMessage(at); }
      parentPort.postMessage(-1);`,
      { eval: true, workerData: { rate, ms, seed } },
    );
    w.on('message', (due) => {
      if (due === -1) {
        done = true;
        timer = setTimeout(() => end(true), 15000);
        return finish();
      }
      issued++;
      if (free.length) fire(free.pop(), due);
      else queue.push(due);
    });
  });
}

/** One request, whole answer (for checks and start-up polling). */
export async function once(base, method, path, { headers, json } = {}) {
  const u = new URL(base);
  const c = new Conn(u.hostname, Number(u.port));
  try {
    return await new Promise((res) =>
      c.send(request(method, path, { headers, json, host: u.host }), true, (status, body) => res({ status, body })),
    );
  } finally {
    c.close();
  }
}
