import { runProbes } from '../../probes/probe.js';
import { probes } from '../../probes/probes.js';

/**
 * Asks the API every probe, as a client would, through its public name.
 *
 * @throws Error with every problem, which is how a canary fails
 */
export async function handler(): Promise<string> {
  const results = await runProbes(process.env['BASE_URL'] ?? '', probes);
  const problems = results.flatMap(({ probe, problem }) =>
    problem === undefined ? [] : [`${probe.name}: ${problem}`],
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return `${results.length} as expected`;
}
