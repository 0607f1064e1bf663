import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';

/** Starts a process that is held up at its end, tells it to stop, and waits for what happens. */
async function stop(holdsUp: 'close' | 'exit') {
  const child = spawn(process.execPath, ['dist/tests/support/stubborn-process.js', holdsUp], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code, signal] = await once(child, 'close');
  return { code, signal, output };
}

describe('a process that is told to stop and cannot', () => {
  it('exits with 0 all the same, and says what it could not close', async () => {
    const { code, output } = await stop('close');
    expect(code).toBe(0);
    expect(output).toContain('not everything could be closed in time');
    expect(output).toMatch(/"open":\{[^}]*"ProcessWrap":1/);
    expect(output).not.toContain('"stopped"');
  });

  it('is killed when it hangs in exiting, where no timer runs any more', async () => {
    const { signal, output } = await stop('exit');
    expect(signal).toBe('SIGKILL');
    expect(output).toContain('"stopped"');
    expect(output).toContain('did not end by itself, and was killed');
  });
});
