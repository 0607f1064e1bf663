import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';

interface Report {
  readonly pluginReports: readonly { readonly violations: readonly unknown[] }[];
}

describe('cdk synth', () => {
  let folder: string;
  let output: string;
  let status: number | null;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'filmgraph-cdk-'));
    // No credentials, no region, and no way to any: a proxy that nothing listens on.
    const offline = {
      HTTPS_PROXY: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const env = { PATH: process.env['PATH'], HOME: folder, CDK_DISABLE_CLI_TELEMETRY: 'true', ...offline };
    const cdk = ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--no-notices', '--no-lookups'];
    const app = ['--app', `${process.execPath} dist/infra/bin/infra.js`, '--output', join(folder, 'out')];
    const result = spawnSync(process.execPath, [...cdk, ...app], { env, encoding: 'utf8' });
    status = result.status;
    output = result.stdout + result.stderr;
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('makes every stack of every environment, offline and without credentials', () => {
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('Successfully synthesized') });
    const manifest = readFileSync(join(folder, 'out/manifest.json'), 'utf8');
    const stacks = 'Alerts Network Data Edge Identity Registry Service Observability Pipeline'.split(' ');
    for (const { name } of environments) for (const stack of stacks) expect(manifest).toContain(`"${name}-${stack}"`);
    expect(manifest).not.toContain('"missing"');
  });

  test('finds no violation, and warns of nothing', () => {
    const report = JSON.parse(readFileSync(join(folder, 'out/validation-report.json'), 'utf8')) as Report; // CDK's own
    expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
    expect(output).not.toMatch(/\bWARNING\b|\[Warning\]|W3030/i);
  });

  test('makes templates that CloudFormation takes: at most 1 MB, and no reference that looks another stack up', () => {
    for (const { name } of environments) {
      const text = readFileSync(join(folder, `out/${name}-Service.template.json`), 'utf8');
      expect(text.length).toBeLessThan(1_000_000);
      expect(text).not.toContain('Fn::GetStackOutput');
    }
  });
});
