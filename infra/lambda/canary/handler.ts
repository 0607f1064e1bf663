import { probeServer } from '../../probes/probe-server.js';

/**
 * Asks the API every probe, as a client would, through its public name.
 *
 * @throws Error with every problem, which is how a canary fails
 */
export async function handler(): Promise<string> {
  const results = await probeServer(process.env['BASE_URL'] ?? '');
  const problems = results.flatMap(({ probe, problem }) =>
    problem === undefined ? [] : [`${probe.name}: ${problem}`],
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return `${results.length} as expected`;
}
