import { join } from 'node:path';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Canary, Code, Runtime, Schedule, Test } from 'aws-cdk-lib/aws-synthetics';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { privateBucket } from './private-bucket.js';

export interface CanaryProps {
  readonly url: string;
  readonly environmentName: string;
  readonly accessLogs: IBucket;
  readonly removalPolicy: RemovalPolicy;
}

/** Asks the API every five minutes what the smoke test asks after a deployment. */
export function createCanary(scope: Construct, props: CanaryProps): Canary {
  const bucket = new Bucket(scope, 'CanaryResults', {
    ...privateBucket,
    serverAccessLogsBucket: props.accessLogs,
    serverAccessLogsPrefix: 'canary/',
    lifecycleRules: [{ expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(1) }],
    removalPolicy: props.removalPolicy,
  });
  return new Canary(scope, 'Canary', {
    canaryName: `filmgraph-${props.environmentName}`,
    runtime: Runtime.SYNTHETICS_NODEJS_3_1,
    test: Test.custom({ code: Code.fromInline(bundleHandler()), handler: 'index.handler' }),
    schedule: Schedule.rate(Duration.minutes(5)),
    timeout: Duration.minutes(2),
    environmentVariables: { BASE_URL: props.url },
    artifactsBucketLocation: { bucket },
    successRetentionPeriod: Duration.days(7),
    failureRetentionPeriod: Duration.days(30),
    provisionedResourceCleanup: true,
  });
}

/** One file, as the runtime wants it. */
function bundleHandler(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(import.meta.dirname, '../lambda/canary/handler.js')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('\n');
}
