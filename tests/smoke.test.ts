import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as dialects from '../server/rest/index.js';
import { type ServerProcess, startServerProcess } from './support/process.js';

/** Probes that ask no dialect. */
const others = ['health', 'ready', 'graphql'];
const served = Object.values(dialects).map(({ name }) => name);
const probesOf = ({ contract }: { readonly contract: URL }): readonly unknown[] =>
  JSON.parse(readFileSync(contract, 'utf8'))['x-probes'];

describe('the smoke test on a server', () => {
  let folder: string;
  let server: ServerProcess;
  let answers: ReadonlyMap<string, string>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'filmgraph-smoke-'));
    server = await startServerProcess({ DATABASE_URL: `sqlite:${join(folder, 'smoke.sqlite')}` });
    const { stdout } = spawnSync(process.execPath, ['dist/infra/bin/smoke.js', server.url], { encoding: 'utf8' });
    answers = new Map(
      [...stdout.matchAll(/^(ok {2}|FAIL) {2}(.*?) +\/.*$/gm)].map(([line, , name = '']) => [name, line]),
    );
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([...others, ...served])('finds %s as it should be', (name) => {
    expect(answers.get(name)).toMatch(/^ok /);
  });

  test('finds the doors closed that need a credential', () => {
    const closed = Object.values(dialects).filter((dialect) => probesOf(dialect).length > 1);
    expect([...answers.keys()].filter((name) => name.endsWith(': refusal')).sort()).toEqual(
      closed.map(({ name }) => `${name}: refusal`).sort(),
    );
  });

  test('finds nothing amiss', () => {
    expect([...answers.values()].filter((line) => line.startsWith('FAIL'))).toEqual([]);
  });
});
