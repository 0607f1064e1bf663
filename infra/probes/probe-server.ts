import { type Probe, type ProbeResult, readPath, runProbes } from './probe.js';
import { discovery, probes } from './probes.js';

/**
 * Asks a server everything that it must answer: the probes of every server, and of each dialect that it says it serves the
 * `x-probes` of its contract. A dialect that does not say how it is asked is a problem, too. Never throws.
 */
export async function probeServer(baseUrl: string): Promise<ProbeResult[]> {
  const results = await runProbes(baseUrl, [...probes, discovery]);
  const dialects = (readPath(results.at(-1)?.answer, 'dialects') ?? []) as readonly unknown[]; // as `discovery` expects
  for (const dialect of dialects) {
    results.push(...(await probeDialect(baseUrl, String(readPath(dialect, 'name')), readPath(dialect, 'openapi'))));
  }
  return results;
}

async function probeDialect(baseUrl: string, name: string, contract: unknown): Promise<ProbeResult[]> {
  const expect = { 'x-probes': 'array', 'x-probes.0.path': 'string' } as const;
  const results = await runProbes(baseUrl, [
    { name: `${name}: contract`, path: String(contract), status: 200, expect },
  ]);
  const own = (readPath(results[0]?.answer, 'x-probes') ?? []) as readonly Omit<Probe, 'name'>[]; // as they are in our contracts
  const named = own.map((probe, index) => ({ ...probe, name: index === 0 ? name : `${name}: refusal` }));
  return [...results, ...(await runProbes(baseUrl, named))];
}
