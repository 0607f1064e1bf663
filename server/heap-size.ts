import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Bytes of the space for new objects. V8 lets it grow to 128 MiB, three times what this server holds in all: a request's
 * objects die with it, and more room only means that more of them lie about.
 */
const enough = 64 * 1024 * 1024;

/**
 * By how many per cent of what lives the heap may grow before V8 looks for garbage in all of it. Left to itself it lets
 * three times as much as lives come together, which a machine with a limit of memory pays for.
 */
const garbagePercent = 50;

/** Before the server is loaded: what is loaded stays, and needs no room to die in. */
export function startSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${garbagePercent}`);
  setGrowth(1);
}

/**
 * Lets the space for new objects grow to what serving takes, and no further, whenever V8 has made it smaller again in a
 * quiet hour.
 */
export function boundYoungSpace(): void {
  let growth = 0;
  const steer = () => {
    const size = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? enough;
    const wanted = size * 2 > enough ? 1 : 2;
    if (wanted !== growth) setGrowth(wanted);
    growth = wanted;
  };
  steer();
  new PerformanceObserver(steer).observe({ entryTypes: ['gc'] });
}

/** By how much it is multiplied each time that V8 finds it too small; read by V8 each time. */
function setGrowth(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}
