import { type ISecurityGroup, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type DatabaseCluster, type DatabaseInstance, DatabaseSecret } from 'aws-cdk-lib/aws-rds';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { databaseName } from './database.js';

export interface DatabaseAccountsProps {
  readonly vpc: IVpc;
  readonly database: DatabaseInstance | DatabaseCluster;
  readonly encryptionKey: IKey;
  /** For the functions that change passwords. */
  readonly securityGroup: ISecurityGroup;
}

/** How often passwords change. Tasks are replaced more often than that, or they would come with an old one. */
const rotationInterval = Duration.days(30);

/**
 * Who may log in: an admin, who migrates, and the application, who cannot change a table. Both passwords rotate. The
 * application has two logins that take turns, so that the password that running tasks know stays good for one more turn.
 */
export class DatabaseAccounts extends Construct {
  readonly admin: ISecret;
  readonly app: ISecret;

  constructor(scope: Construct, id: string, props: DatabaseAccountsProps) {
    super(scope, id);
    const { database, encryptionKey, securityGroup } = props;
    const masterSecret = database.secret;
    if (!masterSecret) throw new Error('The database must generate its admin’s password.');
    const secret = new DatabaseSecret(this, 'App', {
      username: 'filmgraph_app',
      dbname: databaseName,
      masterSecret,
      encryptionKey,
    });
    const rotation = {
      automaticallyAfter: rotationInterval,
      // The functions reach Secrets Manager through NAT; the database's own subnets have no way out.
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroup,
      // The application's login is there only after the first migration.
      rotateImmediatelyOnUpdate: false,
    };
    database.addRotationSingleUser(rotation);
    database.addRotationMultiUser('App', { ...rotation, secret: secret.attach(database) });
    this.admin = masterSecret;
    this.app = secret;
  }
}

/** What signs sessions. It does not rotate by itself: whoever changes it logs everybody out (docs/operations.md). */
export function createSessionSecret(scope: Construct, encryptionKey: IKey): Secret {
  return new Secret(scope, 'SessionSecret', {
    description: 'Signs sessions',
    encryptionKey,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
  });
}
