import { printError } from './command.js';

/** Shows how far a long run is. */
export interface Progress {
  /** @param label what is being done */
  advance(label: string, amount: number): void;
  /** Leaves the terminal as it was found. */
  end(): void;
}

const barWidth = 30;
const barIntervalMs = 100;
const lineIntervalMs = 2_000;

/**
 * Progress on stderr: a bar on a terminal, a line every two seconds elsewhere.
 *
 * @param total the sum of all amounts to come
 */
export function createProgress(total: number): Progress {
  const terminal = process.stderr.isTTY;
  const intervalMs = terminal ? barIntervalMs : lineIntervalMs;
  let done = 0;
  let shownAt = Date.now();
  return {
    advance: (label, amount) => {
      done += amount;
      if (Date.now() - shownAt < intervalMs) return;
      shownAt = Date.now();
      const share = total === 0 ? 1 : done / total;
      const percent = `${Math.floor(share * 100)} %`.padStart(5);
      if (terminal) process.stderr.write(`\r\u001b[K${bar(share)} ${percent}  ${label}`);
      else printError(`${percent}  ${label}`);
    },
    end: () => {
      if (terminal) process.stderr.write('\r\u001b[K');
    },
  };
}

function bar(share: number): string {
  return '█'.repeat(Math.round(share * barWidth)).padEnd(barWidth, '░');
}
