import { join } from 'node:path';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  type CfnService,
  DeploymentLifecycleLambdaTarget,
  DeploymentLifecycleStage,
  type FargateService,
  type FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../environment.js';
import { createLogGroup } from './log-group.js';

export interface MigrationProps {
  readonly environment: Environment;
  readonly vpc: IVpc;
  readonly cluster: ICluster;
  readonly task: FargateTaskDefinition;
  readonly securityGroups: readonly ISecurityGroup[];
}

/** Migrates the database as a task of its own, in each deployment, before the new version starts. */
export class Migration extends Construct {
  private readonly props: MigrationProps;
  private readonly hook: NodejsFunction;

  constructor(scope: Construct, id: string, props: MigrationProps) {
    super(scope, id);
    this.props = props;
    this.hook = new NodejsFunction(this, 'Hook', {
      description: 'Runs the migrations of a deployment before it starts',
      entry: join(import.meta.dirname, '../lambda/migration-hook/handler.js'),
      depsLockFilePath: join(import.meta.dirname, '../../../package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(30),
      tracing: Tracing.ACTIVE,
      logGroup: createLogGroup(this, 'HookLogs', props.environment),
      bundling: { format: OutputFormat.ESM, mainFields: ['module', 'main'] },
    });
    this.grantTasks();
  }

  /** Makes a service's deployments wait for it. */
  runBefore(service: FargateService): void {
    const role = new Role(this, 'Invoker', { assumedBy: new ServicePrincipal('ecs.amazonaws.com') });
    const resource = service.node.defaultChild as CfnService; // what a FargateService creates
    // Without it, the first deployment can start before ECS may call the hook.
    this.hook.grantInvoke(role).applyBefore(resource);
    const lifecycleStages = [DeploymentLifecycleStage.PRE_SCALE_UP];
    service.addLifecycleHook(new DeploymentLifecycleLambdaTarget(this.hook, 'Migrate', { lifecycleStages, role }));
    resource.addPropertyOverride('DeploymentConfiguration.LifecycleHooks.0.HookDetails', this.describe());
  }

  /** What the hook is told at each call. */
  private describe(): string {
    const { cluster, task, vpc, securityGroups } = this.props;
    return Stack.of(this).toJsonString({
      cluster: cluster.clusterArn,
      taskDefinition: task.taskDefinitionArn,
      subnets: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnetIds,
      securityGroups: securityGroups.map(({ securityGroupId }) => securityGroupId),
    });
  }

  private grantTasks(): void {
    const { cluster, task } = this.props;
    const conditions = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
    // By family: until ECS knows the new revision, there is no ARN to grant, and an old one may be rolled back to.
    const family = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'task-definition',
      resourceName: `${task.family}:*`,
    });
    const tasks = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'task',
      resourceName: `${cluster.clusterName}/*`,
    });
    this.hook.addToRolePolicy(new PolicyStatement({ actions: ['ecs:RunTask'], resources: [family], conditions }));
    this.hook.addToRolePolicy(new PolicyStatement({ actions: ['ecs:DescribeTasks'], resources: [tasks], conditions }));
    this.hook.addToRolePolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [task.taskRole.roleArn, task.obtainExecutionRole().roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    );
  }
}
