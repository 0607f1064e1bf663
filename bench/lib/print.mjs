// Lines for whoever watches.
const fixed = (value, digits, width) => (value == null ? '-' : value.toFixed(digits)).padStart(width);

/** A target in a workload. */
export function rowOf(workload, name, e) {
  const errors = e.errors ? `  ERRORS ${e.errors} ${JSON.stringify(e.bad)}` : '';
  return [
    `${workload.padEnd(8)}${name.padEnd(16)} cpu ${fixed(e.cpu, 4, 9)} ms  db ${fixed(e.db, 4, 8)}  x${fixed(e.ratio, 2, 7)}`,
    `${fixed(e.rps, 0, 6)} req/s  closed p50 ${fixed(e.p50, 2, 7)} p99 ${fixed(e.p99, 2, 7)}`,
    `open@${e.rate ?? '-'} p50 ${fixed(e.op50, 2, 6)} p99 ${fixed(e.op99, 2, 7)}  sql ${fixed(e.sql, 2, 6)}`,
    `${fixed(e.bytes, 0, 6)} B  [${fixed(e.cpuMin, 4, 6)}..${fixed(e.cpuMax, 4, 6)}]`,
    `foreign ${fixed(e.foreign * 100, 0, 3)}%${errors}${e.oerr ? `  open-errors ${e.oerr}` : ''}`,
  ].join('  ');
}

/** Start and memory of all targets. */
export function memoryTable(targets) {
  const rows = Object.entries(targets).map(([name, { startMs, idleRss, rss, peakRss }]) =>
    [name.padEnd(16), fixed(startMs, 0, 8), fixed(idleRss, 0, 9), fixed(rss, 0, 10), fixed(peakRss, 0, 9)].join(' '),
  );
  return ['server           start ms  idle MiB  after MiB  peak MiB', ...rows].join('\n');
}
