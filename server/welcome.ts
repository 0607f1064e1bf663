import type { Config } from './config.js';
import type { SeedOutcome } from './database/seeds/demo.seed.js';
import { demoUsers } from './database/seeds/demo-data.js';

/** What a developer sees on the terminal: where everything is, and who they can be. */
export function welcome(config: Config, port: number, demo: SeedOutcome | undefined): string {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host;
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const lines = [
    '',
    '  Filmgraph is running.',
    '',
    `  GraphQL      ${base}/graphql${config.playground ? '   (open it in a browser)' : ''}`,
    `  MIMO Movies  ${base}/movies`,
    `  Movie API    ${base}/api/movies   (tokens: npm run token)`,
    `  Health       ${base}/health   ${base}/ready`,
    '',
  ];
  const keys = demoUsers.map(({ username, apiKey }) => `    ${username.padEnd(12)} x-api-key: ${apiKey}`);
  if (demo === 'seeded' || demo === 'present') lines.push('  Demo users:', ...keys, '');
  return lines.join('\n').concat('\n');
}
