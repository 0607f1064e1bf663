import type { Express } from 'express';
import type { Logger } from '../logger.js';

/** Mounts GraphQL. */
export async function mountGraphql(
  _handler: Express,
  _protocol: unknown,
  _logger: Logger,
): Promise<{ stop(): Promise<void> }> {
  return { stop: async () => {} };
}
