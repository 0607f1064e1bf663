import { type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type ApplicationTargetGroup, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';

/** The two sets of tasks: at any time one of them has the traffic, so what counts is their sum. */
export interface TargetGroups {
  readonly blue: ApplicationTargetGroup;
  readonly green: ApplicationTargetGroup;
}

const period = Duration.minutes(1);

/** Answers of tasks that are faults, a minute. */
export function countFaults({ blue, green }: TargetGroups): IMetric {
  const options = { period, statistic: Stats.SUM };
  return add('Faults', {
    blue: blue.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, options),
    green: green.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, options),
  });
}

/** Requests, a minute. */
export function countRequests({ blue, green }: TargetGroups): IMetric {
  const options = { period, statistic: Stats.SUM };
  return add('Requests', { blue: blue.metrics.requestCount(options), green: green.metrics.requestCount(options) });
}

/** Tasks that the load balancer finds unwell. */
export function countUnhealthy({ blue, green }: TargetGroups): IMetric {
  const options = { period, statistic: Stats.MAXIMUM };
  return add('Unhealthy tasks', {
    blue: blue.metrics.unhealthyHostCount(options),
    green: green.metrics.unhealthyHostCount(options),
  });
}

/** The slowest hundredth of answers, in seconds: of whichever set is slower. */
export function measureLatency({ blue, green }: TargetGroups): IMetric {
  const options = { period, statistic: Stats.percentile(99) };
  return new MathExpression({
    expression: 'MAX([blue, green])',
    usingMetrics: { blue: blue.metrics.targetResponseTime(options), green: green.metrics.targetResponseTime(options) },
    label: 'p99 (s)',
    period,
  });
}

/** A set without traffic has no numbers, which is none of its requests. */
function add(label: string, usingMetrics: { readonly blue: IMetric; readonly green: IMetric }): IMetric {
  return new MathExpression({ expression: 'FILL(blue, 0) + FILL(green, 0)', usingMetrics, label, period });
}
