// What the kernel knows of processes: CPU time of all their threads and children, memory, how busy a core is.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const TICK = Number(spawnSync('getconf', ['CLK_TCK']).stdout) || 100;
function tree(pid) {
  const out = [pid];
  for (let i = 0; i < out.length; i++) {
    let t = [];
    try {
      t = fs.readdirSync(`/proc/${out[i]}/task`);
    } catch {
      continue;
    }
    for (const x of t) {
      try {
        for (const c of fs.readFileSync(`/proc/${out[i]}/task/${x}/children`, 'utf8').trim().split(' '))
          if (c) out.push(+c);
      } catch {
        /* gone */
      }
    }
  }
  return out;
}
export function cpuMs(pid) {
  // nanosecond run time of every thread where the kernel keeps it, else clock ticks
  let s = 0;
  for (const p of tree(pid)) {
    try {
      let ns = 0;
      for (const t of fs.readdirSync(`/proc/${p}/task`))
        ns += Number(fs.readFileSync(`/proc/${p}/task/${t}/schedstat`, 'utf8').split(' ')[0]);
      if (ns > 0) {
        s += ns / 1e6;
        continue;
      }
    } catch {
      /* no schedstat */
    }
    try {
      const f = fs.readFileSync(`/proc/${p}/stat`, 'utf8'),
        a = f.slice(f.lastIndexOf(')') + 2).split(' ');
      s += ((+a[11] + +a[12]) * 1000) / TICK;
    } catch {
      /* gone */
    }
  }
  return s;
}
export function rssMiB(pid, key = 'VmRSS') {
  let s = 0;
  for (const p of tree(pid)) {
    try {
      s += +(
        /(?:VmRSS|VmHWM):\s+(\d+)/.exec(
          fs
            .readFileSync(`/proc/${p}/status`, 'utf8')
            .split('\n')
            .find((l) => l.startsWith(key)) ?? '',
        )?.[1] ?? 0
      );
    } catch {
      /* gone */
    }
  }
  return s / 1024;
}
export function coreBusyMs(cpu) {
  const l = fs
    .readFileSync('/proc/stat', 'utf8')
    .split('\n')
    .find((x) => x.startsWith(`cpu${cpu} `));
  const a = l.trim().split(/\s+/).slice(1).map(Number);
  return ((a[0] + a[1] + a[2] + a[5] + a[6] + (a[7] ?? 0)) * 1000) / TICK;
}
