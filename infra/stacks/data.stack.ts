import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { DatabaseCluster, DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { createBackups } from '../constructs/backup.js';
import { createCache } from '../constructs/cache.js';
import { createDatabase, databaseName } from '../constructs/database.js';
import { createSessionSecret, DatabaseAccounts } from '../constructs/database-accounts.js';
import { ImageStore } from '../constructs/image-store.js';
import { createLogsBucket } from '../constructs/logs-bucket.js';
import type { Environment } from '../environment.js';
import { EnvironmentStack } from './environment.stack.js';

/** What the service is told about its data. Secrets go by ARN: other stacks import them, so that none changes this key. */
export interface DataAccess {
  readonly engine: Environment['data']['engine'];
  /** Without an account. */
  readonly databaseUrl: string;
  /** Undefined where there is no cache. */
  readonly redisUrl: string | undefined;
  readonly keyArn: string;
  readonly adminSecretArn: string;
  readonly appSecretArn: string;
  readonly sessionSecretArn: string;
  readonly imageBucketArn: string;
  readonly imageBucketName: string;
  readonly imageUrl: string;
}

/** Everything that must outlive a deployment: database, cache, pictures, secrets, and the key that encrypts them. */
export class DataStack extends EnvironmentStack {
  readonly access: DataAccess;
  readonly database: DatabaseInstance | DatabaseCluster;
  /** Whoever carries it may connect to database and cache, and needs another group for anything else. */
  readonly clients: SecurityGroup;
  private readonly vpc: IVpc;

  constructor(scope: Construct, environment: Environment, vpc: IVpc) {
    super(scope, 'Data', environment);
    this.vpc = vpc;
    this.clients = this.createGroup('Clients', 'May connect to database and cache');
    const encryptionKey = new Key(this, 'Key', {
      description: 'Database, cache and secrets',
      enableKeyRotation: true,
      removalPolicy: this.removalPolicy,
    });
    const securityGroup = this.createServer('Database', Port.tcp(3306));
    this.database = createDatabase(this, { environment, vpc, securityGroup, encryptionKey });
    const redisUrl = createCache(this, {
      environment,
      vpc,
      securityGroup: this.createServer('Cache', Port.tcpRange(6379, 6380)),
      encryptionKey,
    });
    const accounts = new DatabaseAccounts(this, 'Accounts', {
      vpc,
      database: this.database,
      encryptionKey,
      securityGroup: this.createRotationGroup(),
    });
    const images = new ImageStore(this, 'Images', {
      accessLogs: createLogsBucket(this, this.removalPolicy),
      removalPolicy: this.removalPolicy,
    });
    if (environment.data.awsBackup) {
      const days = environment.data.backupDays;
      createBackups(this, { database: this.database, bucket: images.bucket, encryptionKey, days });
    }
    this.access = {
      engine: environment.data.engine,
      databaseUrl: `mysql://${endpointOf(this.database)}/${databaseName}`,
      redisUrl,
      keyArn: encryptionKey.keyArn,
      adminSecretArn: accounts.admin.secretArn,
      appSecretArn: accounts.app.secretArn,
      sessionSecretArn: createSessionSecret(this, encryptionKey).secretArn,
      imageBucketArn: images.bucket.bucketArn,
      imageBucketName: images.bucket.bucketName,
      imageUrl: images.publicUrl,
    };
  }

  private createGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, `${id}Group`, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  /** The group of something that clients connect to, and that connects to nothing. */
  private createServer(name: 'Database' | 'Cache', port: Port): SecurityGroup {
    const group = this.createGroup(name, `${name}: its clients, and nobody else`);
    group.connections.allowFrom(this.clients, port, 'Clients');
    return group;
  }

  /** Of the functions that change passwords: they ask Secrets Manager, and CDK lets them to the database. */
  private createRotationGroup(): SecurityGroup {
    const group = this.createGroup('Rotation', 'Changes passwords');
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'Secrets Manager');
    return group;
  }
}

function endpointOf(database: DatabaseInstance | DatabaseCluster): string {
  return ('instanceEndpoint' in database ? database.instanceEndpoint : database.clusterEndpoint).socketAddress;
}
