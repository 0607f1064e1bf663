import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type ISecurityGroup, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  AlarmBehavior,
  AlternateTarget,
  DeploymentStrategy,
  FargateService,
  type FargateTaskDefinition,
  type ICluster,
  ListenerRuleConfiguration,
  PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { containerPort } from '../container.js';
import type { Environment } from '../environment.js';
import type { Routes } from '../stacks/edge.stack.js';
import { serverContainer } from './server-task.js';

export interface BlueGreenServiceProps {
  readonly environment: Environment;
  readonly vpc: IVpc;
  readonly cluster: ICluster;
  readonly task: FargateTaskDefinition;
  readonly securityGroups: ISecurityGroup[];
  readonly routes: Routes;
  /** What undoes a deployment that raises it, until the old version is gone. */
  readonly rollbackAlarm: Alarm;
}

/**
 * A service whose new version starts beside the old one and gets the traffic at once, when it is well. Until the bake
 * time is over, the old one can take it back: by itself when the alarm says so, or the tasks do not become well.
 */
export function createBlueGreenService(scope: Construct, props: BlueGreenServiceProps): FargateService {
  const { environment, routes, rollbackAlarm } = props;
  const service = new FargateService(scope, 'Service', {
    cluster: props.cluster,
    taskDefinition: props.task,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    securityGroups: props.securityGroups,
    assignPublicIp: false,
    capacityProviderStrategies: [
      { capacityProvider: environment.service.spot ? 'FARGATE_SPOT' : 'FARGATE', weight: 1 },
    ],
    // How many there are is the scaling's business: a number here would undo it with each deployment.
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    healthCheckGracePeriod: Duration.minutes(1),
    deploymentStrategy: DeploymentStrategy.BLUE_GREEN,
    bakeTime: Duration.minutes(environment.service.bakeMinutes),
    circuitBreaker: { rollback: true },
    deploymentAlarms: { alarmNames: [rollbackAlarm.alarmName], behavior: AlarmBehavior.ROLLBACK_ON_ALARM },
    enableExecuteCommand: true,
    enableECSManagedTags: true,
    propagateTags: PropagatedTagSource.SERVICE,
  });
  const alternateTarget = new AlternateTarget('Green', {
    alternateTargetGroup: routes.green,
    productionListener: ListenerRuleConfiguration.applicationListenerRule(routes.production),
    testListener: ListenerRuleConfiguration.applicationListenerRule(routes.test),
  });
  const target = service.loadBalancerTarget({ containerName: serverContainer, containerPort, alternateTarget });
  target.attachToApplicationTargetGroup(routes.blue);
  return service;
}
