import { beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';
import {
  environmentOf,
  expectCount,
  expectEvery,
  expectResource,
  findResource,
  listResources,
  synthesize,
  type Templates,
  templateOf,
} from './templates.js';

/** Of everything that outlives a deployment. */
export function checkData(): void {
  describe.each(environments)('the data of $name', (environment) => {
    const settings = environment.data;
    let templates: Templates;
    beforeAll(() => {
      templates = synthesize(environment);
    });

    test('is in MySQL 8.4 on subnets without a way out, encrypted, as large and as safe as it says', () => {
      const [source] = listResources(templates, 'AWS::RDS::DBInstance').filter(
        ({ Properties }) => Properties.SourceDBInstanceIdentifier === undefined,
      );
      expect(source?.Properties).toMatchObject({
        Engine: 'mysql',
        EngineVersion: '8.4.10',
        DBInstanceClass: `db.${settings.instanceType}`,
        MultiAZ: settings.multiAz,
        StorageEncrypted: true,
        StorageType: 'gp3',
        AllocatedStorage: String(settings.storageGb),
        MaxAllocatedStorage: settings.maxStorageGb,
        BackupRetentionPeriod: settings.backupDays,
        DeletionProtection: settings.deletionProtection,
        PubliclyAccessible: false,
      });
      expect(source?.DeletionPolicy).toBe(settings.deletionProtection ? 'Snapshot' : 'Delete');
      for (const { Properties } of listResources(templates, 'AWS::RDS::DBSubnetGroup'))
        expect(JSON.stringify(Properties.SubnetIds)).not.toMatch(/public|private/);
    });

    test('has the readers it says', () => {
      const readers = listResources(templates, 'AWS::RDS::DBInstance').filter(
        ({ Properties }) => Properties.SourceDBInstanceIdentifier !== undefined,
      );
      expect(readers).toHaveLength(settings.readers);
      expect(readers.filter(({ DeletionPolicy }) => DeletionPolicy !== 'Delete')).toEqual([]);
    });

    test('is reached by encrypted connections alone, and compares text as the server expects', () => {
      expectResource(templates, 'Data', 'AWS::RDS::DBParameterGroup', {
        Family: 'mysql8.4',
        Parameters: {
          require_secure_transport: 'ON',
          character_set_server: 'utf8mb4',
          collation_server: 'utf8mb4_bin',
        },
      });
    });

    test('has a generated admin and an application user, both of whose passwords rotate', () => {
      const users = listResources(templates, 'AWS::SecretsManager::Secret', 'Data').map(
        ({ Properties }) => /"username":"(\w+)"/.exec(JSON.stringify(Properties).replaceAll('\\', ''))?.[1],
      );
      expect(users.filter((user) => user !== undefined).toSorted()).toEqual(['filmgraph_admin', 'filmgraph_app']);
      expectCount(templates, 'Data', 'AWS::SecretsManager::RotationSchedule', 2);
      expectEvery(templates, 'Data', 'AWS::SecretsManager::RotationSchedule', {
        RotationRules: { ScheduleExpression: 'rate(30 days)' },
        RotateImmediatelyOnUpdate: false,
      });
    });

    test('encrypts with a key that changes by itself', () => {
      expectResource(templates, 'Data', 'AWS::KMS::Key', { EnableKeyRotation: true });
    });

    test('keeps pictures versioned, AES256, and shown by CloudFront under the two documented prefixes alone', () => {
      expectResource(templates, 'Data', 'AWS::S3::Bucket', {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        LoggingConfiguration: { LogFilePrefix: 'images/' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
      });
      const { DistributionConfig } = findResource(templates, 'AWS::CloudFront::Distribution', 'Data').Properties;
      expect(DistributionConfig.CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)).toEqual([
        'fotos_perfil/*',
        'fotos_publicas/*',
      ]);
      expect(DistributionConfig.DefaultCacheBehavior.FunctionAssociations).toHaveLength(1);
    });

    test('has the cache and the backups that it says', () => {
      expectCount(templates, 'Data', 'AWS::ElastiCache::ServerlessCache', environment.data.cache === 'valkey' ? 1 : 0);
      expectCount(templates, 'Data', 'AWS::Backup::BackupPlan', environment.data.awsBackup ? 1 : 0);
    });

    test('lets nobody in but its clients, on the ports of database and cache', () => {
      const rules = listResources(templates, 'AWS::EC2::SecurityGroupIngress', 'Data').map(
        ({ Properties }) => Properties,
      );
      const ports = new Set(
        rules.filter(({ Description }) => Description === 'Clients').map(({ FromPort }) => FromPort),
      );
      expect(ports).toEqual(new Set([3306, 6379]));
      expect(rules.every(({ SourceSecurityGroupId }) => SourceSecurityGroupId !== undefined)).toBe(true);
    });
  });

  describe('Aurora instead of RDS', () => {
    const prod = environmentOf('prod');
    const templates = synthesize({
      ...prod,
      data: { ...prod.data, engine: 'aurora-mysql', instanceType: 'r6g.large', readers: 2 },
    });

    test('is one word of the environment', () => {
      expectResource(templates, 'Data', 'AWS::RDS::DBCluster', { Engine: 'aurora-mysql', StorageEncrypted: true });
      expectCount(templates, 'Data', 'AWS::RDS::DBInstance', 3);
      expectCount(templates, 'Data', 'AWS::SecretsManager::RotationSchedule', 2);
      expectResource(templates, 'Data', 'AWS::RDS::DBClusterParameterGroup', {
        Parameters: { require_secure_transport: 'ON' },
      });
      const service = JSON.stringify(templateOf(templates, 'Service').toJSON());
      expect(service).toContain('mysql://');
      expect(service).toContain('{"Name":"DATABASE_PIPELINES","Value":"0"}');
    });
  });
}
