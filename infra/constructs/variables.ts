import { metricsPort, tracesPort } from '../container.js';
import type { DataAccess } from '../stacks/data.stack.js';

/** Whose tokens the server trusts. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly audiences: readonly string[];
}

/** What the server is told by its environment (README.md, "Configure it"). No secret is among it. */
export function describeServer(
  data: DataAccess,
  identity: TokenIssuer,
  region: string,
): Readonly<Record<string, string>> {
  return {
    DATABASE_URL: data.databaseUrl,
    DATABASE_TLS: 'amazon-rds',
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
