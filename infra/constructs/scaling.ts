import { CfnScalingPolicy, Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import type { Environment } from '../environment.js';
import type { TargetGroups } from './traffic.js';

const cooldowns = { scaleOutCooldown: Duration.minutes(1), scaleInCooldown: Duration.minutes(5) };

/** Keeps CPU, memory and requests of each task near their targets, and sends tasks home when nobody is there. */
export function scale(service: FargateService, environment: Environment, groups: TargetGroups): void {
  const { minTasks, maxTasks, cpuTarget, memoryTarget, offHours } = environment.service;
  const tasks = service.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks });
  tasks.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: cpuTarget, ...cooldowns });
  tasks.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: memoryTarget, ...cooldowns });
  scaleOnRequests(tasks, environment.service.requestTarget, groups);
  if (offHours) {
    tasks.scaleOnSchedule('Stop', { schedule: Schedule.expression(offHours.stopAt), minCapacity: 0, maxCapacity: 0 });
    tasks.scaleOnSchedule('Start', {
      schedule: Schedule.expression(offHours.startAt),
      minCapacity: minTasks,
      maxCapacity: maxTasks,
    });
  }
}

/**
 * CPU dips while a deployment doubles the tasks, and the number of tasks with it; requests do not. The predefined metric
 * knows one target group, so this one adds both.
 */
function scaleOnRequests(tasks: ScalableTaskCount, targetValue: number, { blue, green }: TargetGroups): void {
  new CfnScalingPolicy(tasks, 'Requests', {
    policyName: 'Requests',
    policyType: 'TargetTrackingScaling',
    ...tasks.scalableTargetRef,
    targetTrackingScalingPolicyConfiguration: {
      targetValue,
      scaleOutCooldown: cooldowns.scaleOutCooldown.toSeconds(),
      scaleInCooldown: cooldowns.scaleInCooldown.toSeconds(),
      customizedMetricSpecification: {
        metrics: [
          describeRequests('blue', blue),
          describeRequests('green', green),
          { id: 'sum', expression: 'FILL(blue, 0) + FILL(green, 0)', label: 'Requests of each task', returnData: true },
        ],
      },
    },
  });
}

function describeRequests(id: string, group: ApplicationTargetGroup) {
  return {
    id,
    returnData: false,
    metricStat: {
      stat: 'Sum',
      metric: {
        namespace: 'AWS/ApplicationELB',
        metricName: 'RequestCountPerTarget',
        dimensions: [{ name: 'TargetGroup', value: group.targetGroupFullName }],
      },
    },
  };
}
