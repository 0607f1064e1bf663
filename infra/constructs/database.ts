import { InstanceType, type ISecurityGroup, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  AuroraMysqlEngineVersion,
  CaCertificate,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseInstance,
  DatabaseInstanceEngine,
  DatabaseInstanceReadReplica,
  MysqlEngineVersion,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';
import { retentionOf } from './log-group.js';

export interface DatabaseProps {
  readonly environment: Environment;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  readonly encryptionKey: IKey;
}

/** The database inside the server; tables are the migrations' business. */
export const databaseName = 'filmgraph';

/**
 * What the server expects of MySQL: encrypted connections alone, and text that compares byte by byte (ADR 0004). Slow
 * statements are logged.
 */
const parameters = {
  require_secure_transport: 'ON',
  character_set_server: 'utf8mb4',
  collation_server: 'utf8mb4_bin',
  slow_query_log: '1',
  long_query_time: '1',
  log_output: 'FILE',
};

/** Creates the database: RDS for MySQL 8.4, or Aurora MySQL, as the environment says. Its admin's password is generated. */
export function createDatabase(scope: Construct, props: DatabaseProps): DatabaseInstance | DatabaseCluster {
  return props.environment.data.engine === 'rds-mysql' ? createInstance(scope, props) : createCluster(scope, props);
}

function createInstance(scope: Construct, props: DatabaseProps): DatabaseInstance {
  const { data, ops } = props.environment;
  const common = { ...describePlace(props), ...describeCare(props) };
  const instance = new DatabaseInstance(scope, 'Database', {
    ...common,
    ...describeStorage(props),
    engine: DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_10 }),
    databaseName,
    parameters,
    multiAz: data.multiAz,
    credentials: Credentials.fromGeneratedSecret('filmgraph_admin', { encryptionKey: props.encryptionKey }),
    cloudwatchLogsExports: ['error', 'slowquery'],
    cloudwatchLogsRetention: retentionOf(ops.logDays),
  });
  for (let reader = 1; reader <= data.readers; reader++) {
    // Encrypted with the key of what it replicates, which also is what there is a last snapshot of.
    const replica = { ...common, sourceDatabaseInstance: instance, removalPolicy: RemovalPolicy.DESTROY };
    new DatabaseInstanceReadReplica(scope, `Reader${reader}`, replica);
  }
  return instance;
}

function createCluster(scope: Construct, props: DatabaseProps): DatabaseCluster {
  const { data, ops } = props.environment;
  const { instanceType, caCertificate, enablePerformanceInsights, ...care } = describeCare(props);
  const member = { instanceType, caCertificate, enablePerformanceInsights };
  const readers = Array.from({ length: data.readers }, (_, index) =>
    ClusterInstance.provisioned(`Reader${index + 1}`, { ...member, promotionTier: index + 1 }),
  );
  return new DatabaseCluster(scope, 'Database', {
    ...describePlace(props),
    engine: DatabaseClusterEngine.auroraMysql({ version: AuroraMysqlEngineVersion.VER_3_12_0 }),
    defaultDatabaseName: databaseName,
    parameters,
    writer: ClusterInstance.provisioned('Writer', member),
    readers,
    backup: { retention: Duration.days(data.backupDays) },
    backtrackWindow: Duration.hours(24),
    credentials: Credentials.fromGeneratedSecret('filmgraph_admin', { encryptionKey: props.encryptionKey }),
    storageEncryptionKey: props.encryptionKey,
    iamAuthentication: true,
    cloudwatchLogsExports: ['error', 'slowquery'],
    cloudwatchLogsRetention: retentionOf(ops.logDays),
    copyTagsToSnapshot: true,
    monitoringInterval: care.monitoringInterval,
    deletionProtection: care.deletionProtection,
    removalPolicy: care.removalPolicy,
  });
}

/** Where no route leads in or out. */
function describePlace({ vpc, securityGroup }: DatabaseProps) {
  return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, securityGroups: [securityGroup] };
}

function describeCare({ environment: { data } }: DatabaseProps) {
  return {
    instanceType: new InstanceType(data.instanceType),
    caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
    // The smallest have no memory for it.
    enablePerformanceInsights: !/[.](micro|small)$/.test(data.instanceType),
    monitoringInterval: Duration.minutes(1),
    deletionProtection: data.deletionProtection,
    removalPolicy: data.deletionProtection ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY,
  };
}

function describeStorage({ environment: { data }, encryptionKey }: DatabaseProps) {
  return {
    storageType: StorageType.GP3,
    allocatedStorage: data.storageGb,
    maxAllocatedStorage: data.maxStorageGb,
    storageEncrypted: true,
    storageEncryptionKey: encryptionKey,
    backupRetention: Duration.days(data.backupDays),
    deleteAutomatedBackups: !data.deletionProtection,
    copyTagsToSnapshot: true,
    iamAuthentication: true,
  };
}
