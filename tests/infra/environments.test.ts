import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';

describe('environments', () => {
  test('have names, accounts and networks of their own', () => {
    for (const key of ['name', 'account'] as const) {
      expect(new Set(environments.map((environment) => environment[key])).size).toBe(environments.length);
    }
    expect(new Set(environments.map(({ network }) => network.cidr)).size).toBe(environments.length);
  });

  test('are named in environments.ts alone: no other file asks which one it is', () => {
    const names = environments.map(({ name }) => name).join('|');
    const files = globSync('infra/**/*.ts').filter((file) => !file.endsWith('environments.ts'));
    const naming = files.filter((file) => new RegExp(`['"\`](${names})\\b`).test(readFileSync(file, 'utf8')));
    expect(files.length).toBeGreaterThan(30);
    expect(naming).toEqual([]);
  });

  test.each(environments)('$name makes sense', ({ account, network, service, data, dns, edge }) => {
    expect(account).toMatch(/^\d{12}$/);
    expect(network.natGateways).toBeLessThanOrEqual(network.availabilityZones.length);
    expect(network.availabilityZones.length).toBeGreaterThanOrEqual(2);
    expect(service.minTasks).toBeLessThanOrEqual(service.maxTasks);
    expect(data.storageGb).toBeLessThan(data.maxStorageGb);
    expect(data.backupDays).toBeLessThanOrEqual(35);
    expect(edge.rateLimitPer5Min).toBeGreaterThanOrEqual(10);
    if (dns) expect(dns.apiHost.endsWith(`.${dns.zoneName}`)).toBe(true);
  });
});
