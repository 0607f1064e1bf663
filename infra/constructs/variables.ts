import { metricsPort, tracesPort } from '../container.js';
import type { DataAccess } from '../stacks/data.stack.js';

/** Whose tokens the server trusts. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly audiences: readonly string[];
}

/** What there is to tell. */
export interface ServerFacts {
  readonly data: DataAccess;
  readonly identity: TokenIssuer;
  readonly region: string;
  /** Where clients find it. */
  readonly url: string;
}

/** What the server is told by its environment (README.md, "Configure it"). No secret is among it. */
export function describeServer({ data, identity, region, url }: ServerFacts): Readonly<Record<string, string>> {
  return {
    PUBLIC_URL: url,
    // The load balancer, and nobody else, says where a request comes from.
    TRUST_PROXY: '1',
    DATABASE_URL: data.databaseUrl,
    DATABASE_TLS: 'amazon-rds',
    // Aurora is said not to take a statement before the answer to the last (docs/adr/0019).
    ...(data.engine === 'aurora-mysql' && { DATABASE_PIPELINES: '0' }),
    ...(data.redisUrl !== undefined && { REDIS_URL: data.redisUrl }),
    S3_BUCKET: data.imageBucketName,
    S3_REGION: region,
    S3_PUBLIC_BASE_URL: data.imageUrl,
    OIDC_ISSUER: identity.issuer,
    OIDC_AUDIENCE: identity.audiences.join(','),
    OTEL_SERVICE_NAME: 'filmgraph',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${tracesPort}`,
    METRICS_PORT: String(metricsPort),
  };
}
