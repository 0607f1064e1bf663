import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type ISecurityGroup, type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  Cluster,
  ContainerInsights,
  Secret as EcsSecret,
  type FargateService,
  type FargateTaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createBlueGreenService } from '../constructs/blue-green-service.js';
import { addCollector } from '../constructs/collector.js';
import { createLogGroup } from '../constructs/log-group.js';
import { Migration } from '../constructs/migration.js';
import { scale } from '../constructs/scaling.js';
import { createServerImage } from '../constructs/server-image.js';
import { createServerTask } from '../constructs/server-task.js';
import { countFaults } from '../constructs/traffic.js';
import { describeServer } from '../constructs/variables.js';
import type { Environment } from '../environment.js';
import type { AlertsStack } from './alerts.stack.js';
import type { DataStack } from './data.stack.js';
import type { EdgeStack } from './edge.stack.js';
import { EnvironmentStack } from './environment.stack.js';
import type { IdentityStack } from './identity.stack.js';

export interface ServiceStackProps {
  readonly vpc: IVpc;
  readonly alerts: AlertsStack;
  readonly data: DataStack;
  readonly edge: EdgeStack;
  readonly identity: IdentityStack;
  readonly repository: IRepository;
}

/** The version that runs. A push deploys this stack and what watches it, and no other. */
export class ServiceStack extends EnvironmentStack {
  readonly cluster: Cluster;
  readonly service: FargateService;
  private readonly props: ServiceStackProps;
  private readonly common;
  private readonly secrets: { readonly admin: ISecret; readonly app: ISecret; readonly session: ISecret };

  constructor(scope: Construct, environment: Environment, props: ServiceStackProps) {
    super(scope, 'Service', environment);
    this.props = props;
    this.cluster = this.createCluster();
    this.common = {
      environment,
      image: createServerImage(this, props.repository),
      logGroup: createLogGroup(this, 'Logs', environment),
      keyArn: props.data.access.keyArn,
    };
    const { adminSecretArn, appSecretArn, sessionSecretArn } = props.data.access;
    this.secrets = {
      admin: Secret.fromSecretCompleteArn(this, 'Admin', adminSecretArn),
      app: Secret.fromSecretCompleteArn(this, 'App', appSecretArn),
      session: Secret.fromSecretCompleteArn(this, 'Session', sessionSecretArn),
    };
    const clients = importGroup(this, 'Clients', props.data.clients);
    this.service = this.createService(clients);
    this.createMigration(clients).runBefore(this.service);
    scale(this.service, environment, props.edge.routes);
    this.replaceTasks();
    new CfnOutput(this, 'ClusterName', { value: this.cluster.clusterName });
    new CfnOutput(this, 'ServiceName', { value: this.service.serviceName });
  }

  private createCluster(): Cluster {
    const { containerInsights } = this.settings.ops;
    return new Cluster(this, 'Cluster', {
      vpc: this.props.vpc,
      enableFargateCapacityProviders: true,
      containerInsightsV2: containerInsights ? ContainerInsights.ENHANCED : ContainerInsights.DISABLED,
    });
  }

  private createService(clients: ISecurityGroup): FargateService {
    const { data, edge, identity, vpc } = this.props;
    const task = createServerTask(this, 'Server', {
      ...this.common,
      variables: {
        ...describeServer({ data: data.access, identity, region: this.region, url: edge.url }),
        ...this.settings.service.variables,
      },
      secrets: {
        ...this.readAccount('DATABASE', this.secrets.app),
        SESSION_SECRET: EcsSecret.fromSecretsManager(this.secrets.session),
      },
    });
    addCollector(task, createLogGroup(this, 'CollectorLogs', this.settings));
    this.grantPictures(task);
    return createBlueGreenService(this, {
      environment: this.settings,
      vpc,
      cluster: this.cluster,
      task,
      securityGroups: [importGroup(this, 'Tasks', edge.tasks), clients],
      routes: edge.routes,
      rollbackAlarm: this.createRollbackAlarm(),
    });
  }

  private grantPictures({ taskRole }: FargateTaskDefinition): void {
    const { imageBucketArn } = this.props.data.access;
    const actions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
    taskRole.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [`${imageBucketArn}/*`] }));
    // To whoever may not list, S3 says of what is not there that it is forbidden.
    taskRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [imageBucketArn] }));
  }

  /** The same image with the account that may change tables, which the service never has. */
  private createMigration(clients: ISecurityGroup): Migration {
    const { databaseUrl } = this.props.data.access;
    const task = createServerTask(this, 'Migrate', {
      ...this.common,
      command: ['node', 'dist/server/cli/migrate.js'],
      variables: { DATABASE_URL: databaseUrl, DATABASE_TLS: 'amazon-rds' },
      secrets: {
        ...this.readAccount('DATABASE', this.secrets.admin),
        ...this.readAccount('DATABASE_APP', this.secrets.app),
      },
    });
    const { vpc } = this.props;
    const group = new SecurityGroup(this, 'MigrationGroup', {
      vpc,
      description: 'Migrations',
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS');
    return new Migration(this, 'Migration', {
      environment: this.settings,
      vpc,
      cluster: this.cluster,
      task,
      securityGroups: [group, clients],
    });
  }

  private createRollbackAlarm(): Alarm {
    const alarm = new Alarm(this, 'DeploymentFaults', {
      alarmName: `${this.settings.name}-deployment-faults`,
      alarmDescription: 'The version that has the traffic answers with faults: a deployment under way is undone',
      metric: countFaults(this.props.edge.routes),
      threshold: 10,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.props.alerts.action);
    return alarm;
  }

  /** User and password of a database secret, as the server reads them. */
  private readAccount(prefix: string, secret: ISecret): Readonly<Record<string, EcsSecret>> {
    return {
      [`${prefix}_USER`]: EcsSecret.fromSecretsManager(secret, 'username'),
      [`${prefix}_PASSWORD`]: EcsSecret.fromSecretsManager(secret, 'password'),
    };
  }

  /** A task reads passwords when it starts; new ones every Tuesday never know one that is no longer good. */
  private replaceTasks(): void {
    const input = { Cluster: this.cluster.clusterName, Service: this.service.serviceName, ForceNewDeployment: true };
    new Schedule(this, 'NewPasswords', {
      description: 'Replaces the tasks, which then read their passwords anew',
      schedule: ScheduleExpression.expression('cron(0 9 ? * TUE *)'),
      target: new Universal({
        service: 'ecs',
        action: 'updateService',
        input: ScheduleTargetInput.fromObject(input),
        policyStatements: [
          new PolicyStatement({ actions: ['ecs:UpdateService'], resources: [this.service.serviceArn] }),
        ],
      }),
    });
  }
}

/** A group of another stack, to which nothing is added from here. */
function importGroup(scope: Construct, id: string, group: ISecurityGroup): ISecurityGroup {
  return SecurityGroup.fromSecurityGroupId(scope, id, group.securityGroupId, { mutable: false });
}
