import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type DatabaseCluster, DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface BackupProps {
  readonly database: DatabaseInstance | DatabaseCluster;
  readonly bucket: IBucket;
  readonly encryptionKey: IKey;
  readonly days: number;
}

/** Daily copies of database and pictures in a vault of their own, which outlive a deleted database. */
export function createBackups(scope: Construct, { database, bucket, encryptionKey, days }: BackupProps): void {
  const backupVault = new BackupVault(scope, 'BackupVault', {
    encryptionKey,
    lockConfiguration: { minRetention: Duration.days(7) },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const plan = new BackupPlan(scope, 'BackupPlan', { backupVault });
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'Daily',
      scheduleExpression: Schedule.cron({ hour: '4', minute: '0' }),
      startWindow: Duration.hours(1),
      completionWindow: Duration.hours(4),
      deleteAfter: Duration.days(days),
    }),
  );
  const resource =
    database instanceof DatabaseInstance
      ? BackupResource.fromRdsDatabaseInstance(database)
      : BackupResource.fromRdsDatabaseCluster(database);
  plan.addSelection('Everything', {
    resources: [resource, BackupResource.fromArn(bucket.bucketArn)],
    role: createRole(scope),
    allowRestores: true,
  });
}

/** Pictures take policies of their own, which CDK does not add. */
function createRole(scope: Construct): Role {
  const names = ['AWSBackupServiceRolePolicyForS3Backup', 'AWSBackupServiceRolePolicyForS3Restore'];
  return new Role(scope, 'BackupRole', {
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: names.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
}
