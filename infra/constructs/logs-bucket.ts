import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { privateBucket } from './private-bucket.js';

/** A bucket that services write their access logs to; kept for 90 days. */
export function createLogsBucket(scope: Construct, removalPolicy: RemovalPolicy): Bucket {
  return new Bucket(scope, 'AccessLogs', {
    // Load balancers and S3 itself cannot write to one with a key of ours.
    ...privateBucket,
    lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(1) }],
    removalPolicy,
  });
}
