#!/usr/bin/env node
// report.mjs RESULT.json... - merges result files of bench.mjs (same engine and data set) into one table.
// cpu/db: median over files of the per-file medians, [best window]; x: median over files of the paired ratio to the limit.
import fs from 'node:fs';
const files = process.argv.slice(2).map((f) => JSON.parse(fs.readFileSync(f, 'utf8')));
const med = (a) => {
  const s = a.filter((x) => x !== null && x !== undefined && Number.isFinite(x)).sort((x, y) => x - y);
  return s.length ? (s.length % 2 ? s[(s.length - 1) / 2] : (s[s.length / 2 - 1] + s[s.length / 2]) / 2) : null;
};
const min = (a) => {
    const s = a.filter((x) => x !== null && x !== undefined);
    return s.length ? Math.min(...s) : null;
  },
  max = (a) => {
    const s = a.filter((x) => x !== null && x !== undefined);
    return s.length ? Math.max(...s) : null;
  };
const n = (x, d = 3) =>
  x === null || x === undefined ? '-' : x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(d);
const ws = [...new Set(files.flatMap((f) => Object.keys(f.workloads)))];
console.log(
  '| workload | target | node CPU-ms/req (best) | db CPU-ms | x limit | req/s (best) | open p50 / p99 ms @rate | SQL |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
);
for (const w of ws)
  for (const t of [...new Set(files.flatMap((f) => Object.keys(f.workloads[w] ?? {})))]) {
    const es = files.map((f) => f.workloads[w]?.[t]).filter(Boolean),
      rate = es.find((e) => e.rate)?.rate;
    console.log(
      `| ${w} | ${t} | ${n(med(es.map((e) => e.cpu)))} (${n(min(es.map((e) => e.cpuMin)))}) | ${n(med(es.map((e) => e.db)))} | ${n(med(es.map((e) => e.ratio)), 2)} | ${n(max(es.map((e) => e.rps)), 0)} | ${rate ? `${n(min(es.map((e) => e.op50)), 2)} / ${n(min(es.map((e) => e.op99)), 2)} @${rate}` : '-'} | ${n(med(es.map((e) => e.sql)), 2)} |`,
    );
  }
console.log('\n| target | first 200 ms (min) | idle MiB | after load MiB |\n| --- | --- | --- | --- |');
for (const t of [...new Set(files.flatMap((f) => Object.keys(f.targets)))]) {
  const es = files.map((f) => f.targets[t]).filter(Boolean);
  console.log(
    `| ${t} | ${n(min(es.map((e) => e.startMs)), 0)} | ${n(med(es.map((e) => e.idleRss)), 0)} | ${n(max(es.map((e) => e.rss)), 0)} |`,
  );
}
