import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { openDevIssuer } from '../../server/identity/dev-issuer.js';
import { createTokenVerifier } from '../../server/identity/jose-token-verifier.js';
import { contracts } from '../support/contracts.js';
import { findProgram } from '../support/mysql-server.js';
import { startServerProcess } from '../support/process.js';

const command = join(import.meta.dirname, '../../server/cli/token.js');
/** What the dialects offer to those who have a token. */
const examples = contracts.flatMap(({ dialect: { bearerExample } }) => bearerExample ?? []);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'filmgraph-token-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command in a folder of its own, where it keeps its key. */
function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'], ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What a server on that folder makes of the tokens that were printed. */
async function verify(stdout: string): Promise<readonly unknown[]> {
  const local = await openDevIssuer('development', join(folder, 'data/dev-issuer.json'));
  const verifier = createTokenVerifier({ issuers: [], audiences: [] }, pino({ level: 'silent' }), { local });
  const tokens = [...stdout.matchAll(/^TOKEN=(\S+)$/gm)].map(([, token = '']) => token);
  return Promise.all(tokens.map((token) => verifier.verify(token)));
}

describe('npm run token', () => {
  test('prints a token of a person and one of a program, with lines that use them', async () => {
    const { status, stdout, stderr } = run([], { PORT: '4321' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await verify(stdout)).toMatchObject([
      { kind: 'person', name: 'Demo Person' },
      { kind: 'service', clientId: 'demo-client' },
    ]);
    const auth = '-H "Authorization: Bearer $TOKEN"';
    expect(stdout.split(`curl -s http://localhost:4321/graphql ${auth}`)).toHaveLength(3);
    for (const { path } of examples)
      expect(stdout.split(`curl -s 'http://localhost:4321${path}' ${auth}`)).toHaveLength(3);
    expect(existsSync(join(folder, 'data/filmgraph.sqlite'))).toBe(false);
  });

  test('prints the one that is asked for', async () => {
    expect(await verify(run(['--person', ' Ada ']).stdout)).toMatchObject([{ kind: 'person', name: 'Ada' }]);
    const { stdout } = run(['--client', 'importer', '--scope', 'movies:read']);
    expect(await verify(stdout)).toMatchObject([{ clientId: 'importer', scopes: new Set(['movies:read']) }]);
  });

  test.each([
    [['--person', ' '], '--person and --client: expected 1 to 100 characters.'],
    [['--scope', 'movies:read'], '--scope: expected with --client.'],
    [['--admin'], "Unknown option '--admin'."],
  ])('says in one line what is wrong with %j', (args, problem) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`${problem} Usage: npm run token`);
  });

  test.each(['production', 'test'])('refuses where NODE_ENV=%s', (environment) => {
    expect(run([], { NODE_ENV: environment })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'Development tokens exist only where NODE_ENV=development.\n',
    });
  });
});

(findProgram('curl') ? describe : describe.skip)('what npm run token prints', () => {
  test('works as it is, in a shell, with a server on the same folder', async () => {
    const server = await startServerProcess({ NODE_ENV: 'development' }, '/ready', folder);
    const { stdout } = run([], { PORT: new URL(server.url).port });
    // curl says no status by itself, and ends no line.
    const tried = stdout.replaceAll(/^curl /gm, "curl -w '<status %{http_code}>' ");
    const shell = spawnSync('sh', { input: tried, encoding: 'utf8' });
    await server.end('SIGTERM');
    const answers = [...shell.stdout.matchAll(/(.*?)<status (\d+)>/gs)];
    expect(answers.map(([, , status]) => status)).toEqual(Array(2 * (1 + examples.length)).fill('200'));
    const bodies = answers.map(([, body = '']) => JSON.parse(body));
    expect(bodies[0]).toEqual({ data: { viewer: { name: 'Demo Person' } } });
    expect(bodies[1 + examples.length].data.movies.nodes).toHaveLength(3);
  });
});
