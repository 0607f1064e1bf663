import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';

const retentions: Readonly<Record<number, RetentionDays>> = {
  1: RetentionDays.ONE_DAY,
  7: RetentionDays.ONE_WEEK,
  30: RetentionDays.ONE_MONTH,
  90: RetentionDays.THREE_MONTHS,
  365: RetentionDays.ONE_YEAR,
};

/**
 * A log that is kept as long as its environment says, and goes with its stack.
 *
 * @throws Error for a number of days that CloudWatch does not offer
 */
export function createLogGroup(scope: Construct, id: string, { ops }: Environment): LogGroup {
  return new LogGroup(scope, id, { retention: retentionOf(ops.logDays), removalPolicy: RemovalPolicy.DESTROY });
}

/** @throws Error as `createLogGroup` */
export function retentionOf(days: number): RetentionDays {
  const retention = retentions[days];
  if (retention === undefined) throw new Error(`logDays: expected one of ${Object.keys(retentions).join(', ')}`);
  return retention;
}
