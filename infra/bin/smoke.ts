import type { ProbeResult } from '../probes/probe.js';
import { probeServer } from '../probes/probe-server.js';

/** `node dist/infra/bin/smoke.js URL`: asks a server every probe, and ends with 1 when one of them is not answered well. */
const [baseUrl = ''] = process.argv.slice(2);
if (URL.canParse(baseUrl)) {
  const results = await probeServer(baseUrl);
  for (const result of results) process.stdout.write(`${describe(result)}\n`);
  const failed = results.filter(({ problem }) => problem !== undefined).length;
  process.stdout.write(`${results.length - failed} of ${results.length} as expected: ${baseUrl}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  process.stderr.write('Usage: node dist/infra/bin/smoke.js https://api.example.com\n');
  process.exitCode = 1;
}

function describe({ probe, durationMs, problem }: ProbeResult): string {
  const line = `${problem === undefined ? 'ok  ' : 'FAIL'}  ${probe.name.padEnd(26)} ${probe.path} (${durationMs} ms)`;
  return problem === undefined ? line : `${line}: ${problem}`;
}
