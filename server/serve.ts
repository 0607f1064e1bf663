import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, dialectNames } from './app.js';
import { ConfigError } from './config/variables.js';
import { readConfig } from './config.js';
import { prepareDatabase } from './database/prepare.js';
import { faultLine } from './fault-line.js';
import { connectionBacklog, createHttpServer } from './http/http-server.js';
import { createLogger } from './logger.js';
import { reportReadiness } from './readiness.js';
import { stopOnSignals } from './stop.js';
import { welcome } from './welcome.js';

/** Serves until it is told to stop. Ends the process when it cannot begin. */
export async function serve(): Promise<void> {
  await start().catch((error: unknown) => {
    process.stderr.write(`${faultLine(error)}\n`);
    process.exit(1);
  });
}

async function start(): Promise<void> {
  const config = readConfig(undefined, dialectNames);
  const logger = createLogger(config);
  const app = await createApp(config, logger);
  const demo = await prepareDatabase(app.database, config);
  const server = createHttpServer(app.handler);
  const address = await listen(server, config.host, config.port);
  logger.info({ address: address.address, port: address.port, engine: app.database.engine }, 'listening');
  if (config.environment === 'development') process.stdout.write(welcome(config, address.port, demo));
  stopOnSignals({ server, app, logger, drainDelayMs: config.drainDelayMs });
  await reportReadiness(app.database, logger);
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new ConfigError('PORT', `a free port, but ${port} is in use on ${host}`) : error,
      );
    });
    // A TCP server's address is an object; only pipes have a string.
    server.listen({ port, host, backlog: connectionBacklog }, () => resolve(server.address() as AddressInfo));
  });
}
