import { isIPv6 } from 'node:net';
import type { PlainRequest } from './plain-handler.js';

/**
 * Where a request comes from, as limits count it: an IPv4 address, or the /64 of an IPv6 one, which a single subscriber
 * has the whole of. Behind a proxy that is trusted (`TRUST_PROXY`), what the proxy says.
 */
export function addressOf({ ip }: Pick<PlainRequest, 'ip'>): string {
  if (ip === undefined) return 'unknown';
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(ip) ? `${network(ip)}::/64` : ip;
}

/** The first four groups of an address, written out. */
function network(ip: string): string {
  const [head = '', tail] = (ip.split('%', 1)[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
