import { createClient } from '@redis/client';
import type { Logger } from '../logger.js';

export type Redis = ReturnType<typeof createRedisClient>;

/** A command that takes longer fails: what Redis does for us is never worth a request's wait. */
const commandTimeoutMs = 500;
const connectTimeoutMs = 2_000;
const maxReconnectDelayMs = 2_000;

/**
 * Connects to Redis or Valkey, and goes on trying in the background. While it is away every command fails at once; who
 * sends one says what is done without it.
 */
export function openRedis(url: string, logger: Logger): Redis {
  const redis = createRedisClient(url);
  let away = false;
  // One line for each outage, not one for each attempt.
  redis.on('error', (err: unknown) => {
    if (!away) logger.warn({ err }, 'Redis is away: every process counts for itself');
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info('Redis is back');
    away = false;
  });
  // Fails only when it is closed before it ever connected.
  redis.connect().catch(() => {});
  return redis;
}

function createRedisClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandOptions: { timeout: commandTimeoutMs },
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, maxReconnectDelayMs),
    },
  });
}
