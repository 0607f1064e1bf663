import type { Config } from '../config.js';
import { type DevIssuer, openDevIssuer } from '../identity/dev-issuer.js';
import * as dialects from '../rest/index.js';
import type { Dialect } from '../rest/shared/dialect.js';
import { readArguments, usageError } from './arguments.js';
import { CommandError, print, runTask } from './command.js';

const usage = 'npm run token -- [--person "Ada Lovelace"] [--client ID [--scope "movies:read"]]';

interface Wanted {
  readonly person: string | undefined;
  readonly client: string | undefined;
  readonly scope: string | undefined;
}

await runTask(async (config) => {
  const wanted = readWanted();
  if (config.environment !== 'development') {
    throw new CommandError('Development tokens exist only where NODE_ENV=development.');
  }
  await printTokens(await openDevIssuer(config.environment), wanted, config);
});

/** Both, unless asked for one. */
function readWanted(): Wanted {
  const option = { type: 'string' } as const;
  const { values } = readArguments({ options: { person: option, client: option, scope: option } }, usage);
  const [person, client] = [values.person?.trim(), values.client?.trim()];
  const { scope } = values;
  if ([person, client].some((name) => name === '' || (name && name.length > 100))) {
    throw usageError('--person and --client: expected 1 to 100 characters', usage);
  }
  if (scope !== undefined && client === undefined) throw usageError('--scope: expected with --client', usage);
  if (person === undefined && client === undefined) return { person: 'Demo Person', client: 'demo-client', scope };
  return { person, client, scope };
}

async function printTokens(issuer: DevIssuer, { person, client, scope }: Wanted, config: Config): Promise<void> {
  if (person !== undefined) {
    print(`# A person, "${person}", for one hour:`);
    print(`TOKEN=${await issuer.signPerson({ name: person })}`);
    printExamples(config, '{ viewer { name } }');
  }
  if (client !== undefined) {
    print(`# A program, "${client}", for one hour:`);
    print(`TOKEN=${await issuer.signClient({ clientId: client, scope })}`);
    printExamples(config, '{ movies(first: 3) { nodes { title } } }');
  }
  print('# Only a server on this directory with NODE_ENV=development accepts them.');
}

/**
 * Lines to paste: each works in a shell that has TOKEN.
 *
 * @param query what shows that the token is good: a program is no `viewer`, and would get the null of the anonymous
 */
function printExamples({ port }: Config, query: string): void {
  const base = `http://localhost:${port}`;
  const auth = `-H "Authorization: Bearer $TOKEN"`;
  print(`curl -s ${base}/graphql ${auth} -H 'content-type: application/json' -d '{"query":"${query}"}'`);
  for (const { bearerExample } of Object.values<Dialect>(dialects)) {
    if (!bearerExample) continue;
    print(`# ${bearerExample.about}`);
    print(`curl -s '${base}${bearerExample.path}' ${auth}`);
  }
  print();
}
