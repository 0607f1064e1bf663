import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEvent } from 'kysely';
import { type App, createApp, dialectNames } from '../../server/app.js';
import { type Config, readConfig } from '../../server/config.js';
import { migrate } from '../../server/database/schema.js';
import { seedDemo } from '../../server/database/seeds/demo.seed.js';
import type { LoadLimits } from '../../server/http/load-limit.js';
import type { TokenVerifier } from '../../server/identity/token-verifier.js';
import { createLogger, type Logger } from '../../server/logger.js';
import { noteDialects } from './contract-check.js';
import type { Engine } from './engines.js';

/** A whole server on a real port and a real, migrated database of its own. */
export interface TestServer {
  readonly url: string;
  readonly app: App;
  /** Where its database is, for tests that get at it, too. */
  readonly databaseUrl: string;
  /** Where its images are, unless it was told otherwise; a folder of its own. */
  readonly imagesFolder: string;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** Put the demo set in; true unless said otherwise. */
  readonly demo?: boolean;
  readonly config?: Partial<Config>;
  /** Environment variables beside those that a test server needs. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly onStatement?: (event: LogEvent) => void;
  readonly tokenVerifier?: TokenVerifier;
  /** When it has too much to do; what a machine makes of it unless said otherwise. */
  readonly load?: LoadLimits;
  /** Where the log goes; nowhere unless said otherwise. */
  readonly logger?: Logger;
}

export async function startServer(
  engine: Engine,
  { demo = true, config = {}, variables = {}, logger, ...options }: TestServerOptions = {},
): Promise<TestServer> {
  const database = await engine.createDatabase();
  const imagesFolder = await mkdtemp(join(tmpdir(), 'filmgraph-images-'));
  const quiet = { NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: '0' };
  const own = { DATABASE_URL: database.url, IMAGES_FOLDER: imagesFolder };
  const defaults = readConfig({ ...quiet, ...own, ...variables }, dialectNames);
  const full: Config = { ...defaults, ...config };
  const app = await createApp(full, logger ?? createLogger(full), options);
  await migrate(app.database);
  if (demo) await seedDemo(app.database);
  const server = createServer(app.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const url = `http://127.0.0.1:${port}`;
  noteDialects(url, full.dialects.keys());
  return {
    url,
    app,
    databaseUrl: database.url,
    imagesFolder,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await app.close();
      await database.drop();
      await rm(imagesFolder, { recursive: true, force: true });
    },
  };
}
