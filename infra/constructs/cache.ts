import { type ISecurityGroup, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';

export interface CacheProps {
  readonly environment: Environment;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  readonly encryptionKey: IKey;
}

/** Far above what limits and caches of a few tasks need; a bill cannot run away unseen. */
const limits = { dataStorage: { maximum: 5, unit: 'GB' }, ecpuPerSecond: { maximum: 5_000 } };

/** Valkey without servers, where the environment has one. Always encrypted. @returns its address, as the server wants it */
export function createCache(scope: Construct, props: CacheProps): string | undefined {
  const { environment, vpc, securityGroup, encryptionKey } = props;
  if (environment.data.cache === 'none') return undefined;
  const cache = new CfnServerlessCache(scope, 'Cache', {
    serverlessCacheName: `filmgraph-${environment.name}`,
    description: 'Rate limits and caches that tasks share',
    engine: environment.data.cache,
    majorEngineVersion: '8',
    cacheUsageLimits: limits,
    kmsKeyId: encryptionKey.keyArn,
    securityGroupIds: [securityGroup.securityGroupId],
    subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
  });
  return `rediss://${cache.attrEndpointAddress}:${cache.attrEndpointPort}`;
}
