import { spawn } from 'node:child_process';

/** What the watching process runs. Its input ends when the watched process does, whatever ended that one. */
const program = `
  const [pid, withinMs] = process.argv.slice(1).map(Number);
  process.stdin.resume().on('end', () => process.exit());
  setTimeout(() => {
    process.stderr.write('filmgraph: the process did not end by itself, and was killed\\n');
    process.kill(pid, 'SIGKILL');
  }, withinMs);
`;

/**
 * Has another process kill this one, unless it ends by itself in time. No timer of its own could: Node itself may wait for
 * ever when it exits, for a thread of V8 that waits for the main thread (nodejs/node#54918), and a log that nobody reads
 * may hold a process up as well.
 */
export function endWithin(withinMs: number): void {
  try {
    const watching = spawn(process.execPath, ['--eval', program, String(process.pid), String(withinMs)], {
      stdio: ['pipe', 'ignore', 'inherit'],
      // Ctrl-C is for the server alone, and none of its secrets are for the other.
      detached: true,
      env: {},
      windowsHide: true,
    });
    watching.once('error', leaveIt);
  } catch {
    leaveIt();
  }
}

/** Where no more processes are allowed, whoever runs this one can still kill it. */
function leaveIt(): void {}
