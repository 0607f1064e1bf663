import type { Config } from './config.js';
import type { SeedOutcome } from './database/seeds/demo.seed.js';
import { demoUsers } from './database/seeds/demo-data.js';
import { chooseDialects } from './rest/mount.js';

/** Columns of the titles. */
const titleWidth = 22;

/** What a developer sees on the terminal: where everything is, and who they can be. */
export function welcome(config: Config, port: number, demo: SeedOutcome | undefined): string {
  const dialects = chooseDialects(config.dialects).map(({ dialect: { title, entry } }) => ({ title, path: entry }));
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const lines = [
    '',
    '  Filmgraph is running.',
    '',
    line('GraphQL', `${base}/graphql${config.playground ? '   (open it in a browser)' : ''}`),
    ...dialects.map(({ title, path }) => line(title, base + path)),
    ...(config.apiDocs ? [line('REST, all', `${base}/docs`)] : []),
    line('Health', `${base}/health   ${base}/ready`),
    '  Bearer tokens: npm run token',
    '',
  ];
  const keys = demoUsers.map(({ username, apiKey }) => `    ${username.padEnd(12)} x-api-key: ${apiKey}`);
  if (demo === 'seeded' || demo === 'present') lines.push('  Demo users:', ...keys, '');
  return lines.join('\n').concat('\n');
}

function line(title: string, text: string): string {
  return `  ${title.padEnd(titleWidth)} ${text}`;
}
