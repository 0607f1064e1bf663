import { ConfigError, readChoice, readCount, readList, readOrigins, readText, type Variables } from './variables.js';

/** Who may ask how much, and from where. */
export interface LimitsConfig {
  /** Whether anything is limited; only load tests go without. */
  readonly enabled: boolean;
  /** Points of a viewer, and of an address: a request is one, a large GraphQL operation more. */
  readonly pointsPerMinute: number;
  /** Where several processes of one service count together; undefined: each for itself. */
  readonly redisUrl: string | undefined;
  /** Whose word on where a request comes from is taken: so many proxies in front, or these addresses. */
  readonly trustProxy: number | readonly string[];
  /** Origins whose pages may read answers, with credentials; `*` lets every origin, without. */
  readonly corsOrigins: readonly string[];
}

/** What a process can be told about limits. @throws ConfigError */
export function readLimits(variables: Variables, production: boolean): LimitsConfig {
  return {
    enabled: readEnabled(variables, production),
    pointsPerMinute: readCount(variables, 'RATE_LIMIT_PER_MINUTE', 30_000),
    redisUrl: readRedisUrl(variables),
    trustProxy: readTrustProxy(variables),
    corsOrigins: readText(variables, 'CORS_ORIGINS') === '*' ? ['*'] : readOrigins(variables, 'CORS_ORIGINS'),
  };
}

/** Without limits anyone can take a service down, so that production has to be told twice. */
function readEnabled(variables: Variables, production: boolean): boolean {
  const enabled = readChoice(variables, 'RATE_LIMIT', { choices: ['on', 'off'], fallback: 'on' }) === 'on';
  const meant = readText(variables, 'RATE_LIMIT_OFF_IN_PRODUCTION') === 'true';
  if (!enabled && production && !meant) {
    throw new ConfigError('RATE_LIMIT', 'on in production, or RATE_LIMIT_OFF_IN_PRODUCTION=true beside it');
  }
  return enabled;
}

function readRedisUrl(variables: Variables): string | undefined {
  const text = readText(variables, 'REDIS_URL');
  const protocol = text !== undefined && URL.canParse(text) ? new URL(text).protocol : undefined;
  if (text !== undefined && protocol !== 'redis:' && protocol !== 'rediss:') {
    throw new ConfigError('REDIS_URL', 'redis://[user:password@]host:port or rediss://...');
  }
  return text;
}

function readTrustProxy(variables: Variables): LimitsConfig['trustProxy'] {
  const text = readText(variables, 'TRUST_PROXY') ?? '0';
  if (/^\d$/.test(text)) return Number(text);
  const addresses = readList(variables, 'TRUST_PROXY');
  if (addresses.every((address) => /^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d+)?)$/i.test(address)))
    return addresses;
  throw new ConfigError('TRUST_PROXY', 'how many proxies are in front (0 to 9), or their addresses or networks');
}
