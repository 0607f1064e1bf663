import { type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { type DatabaseCluster, DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { Duration } from 'aws-cdk-lib/core';
import type { AlarmRule } from './alarms.js';
import { countFaults, countUnhealthy, measureLatency, type TargetGroups } from './traffic.js';

const perMinute = { period: Duration.minutes(1) };
const perFiveMinutes = { period: Duration.minutes(5) };
const gigabyte = 1024 ** 3;

/** Of what the tasks do. */
export function watchService(service: FargateService): readonly AlarmRule[] {
  const cpu = service.metricCpuUtilization(perMinute);
  return [
    { id: 'cpu-high', description: 'Busy: scaling should add tasks', metric: cpu, above: 70, periods: 5 },
    {
      id: 'cpu-critical',
      description: 'Too busy for two minutes: are there as many tasks as there may be?',
      metric: cpu,
      above: 85,
      periods: 2,
    },
    { id: 'cpu-low', description: 'Idle: more tasks than it takes', metric: cpu, below: 30, periods: 60 },
    {
      id: 'memory-high',
      description: 'Memory is nearly used up',
      metric: service.metricMemoryUtilization(perMinute),
      above: 85,
      periods: 5,
    },
  ];
}

/** Of what clients see. */
export function watchTraffic(groups: TargetGroups): readonly AlarmRule[] {
  return [
    {
      id: 'faults',
      description: 'The API answers with faults (5xx)',
      metric: countFaults(groups),
      above: 5,
      periods: 3,
    },
    {
      id: 'slow',
      description: 'One of a hundred answers takes a second',
      metric: measureLatency(groups),
      above: 1,
      periods: 5,
    },
    { id: 'unhealthy', description: 'A task is not ready', metric: countUnhealthy(groups), above: 0, periods: 5 },
  ];
}

/** Of the database. Aurora's storage needs no watching: it has no end. */
export function watchDatabase(database: DatabaseInstance | DatabaseCluster): readonly AlarmRule[] {
  const rules: readonly AlarmRule[] = [
    {
      id: 'database-cpu',
      description: 'The database is busy',
      metric: database.metricCPUUtilization(perFiveMinutes),
      above: 80,
      periods: 3,
    },
    {
      id: 'database-memory',
      description: 'The database has little memory left',
      metric: database.metricFreeableMemory(perFiveMinutes),
      below: 0.1 * gigabyte,
      periods: 3,
    },
  ];
  if (!(database instanceof DatabaseInstance)) return rules;
  const metric = database.metricFreeStorageSpace(perFiveMinutes);
  const storage = {
    id: 'database-storage',
    description: 'The database’s disk is nearly full',
    metric,
    below: 2 * gigabyte,
  };
  return [...rules, { ...storage, periods: 1 }];
}

/** Of who asks from outside: a canary that says nothing is as bad as one that says no. */
export function watchCanary(metric: IMetric): AlarmRule {
  const missing = TreatMissingData.BREACHING;
  return { id: 'canary', description: 'The API does not answer as it should', metric, below: 100, periods: 2, missing };
}

/** Requests that the firewall refused, a minute. */
export function countBlocked(aclName: string, region: string): IMetric {
  return new Metric({
    namespace: 'AWS/WAFV2',
    metricName: 'BlockedRequests',
    dimensionsMap: { WebACL: aclName, Rule: 'ALL', Region: region },
    statistic: Stats.SUM,
    ...perMinute,
  });
}
