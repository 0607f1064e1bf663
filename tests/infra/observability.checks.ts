import { beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';
import { expectCount, findResource, listResources, synthesize, type Templates } from './templates.js';

/** Of who watches. */
export function checkObservability(): void {
  describe.each(environments)('the observability of $name', (environment) => {
    let templates: Templates;
    beforeAll(() => {
      templates = synthesize(environment);
    });

    /** An alarm by the end of its name. */
    function findAlarm(id: string) {
      const alarms = listResources(templates, 'AWS::CloudWatch::Alarm', 'Observability');
      return alarms.find(({ Properties }) => Properties.AlarmName === `${environment.name}-${id}`)?.Properties;
    }

    test.each([
      ['cpu-high', 'GreaterThanThreshold', 70, 5],
      ['cpu-critical', 'GreaterThanThreshold', 85, 2],
      ['cpu-low', 'LessThanThreshold', 30, 60],
    ])('has the alarm %s: %s %i for %i minutes', (id, comparison, threshold, minutes) => {
      expect(findAlarm(id)).toMatchObject({
        ComparisonOperator: comparison,
        Threshold: threshold,
        EvaluationPeriods: minutes,
        MetricName: 'CPUUtilization',
        Namespace: 'AWS/ECS',
        Period: 60,
      });
    });

    test('has an alarm for faults, slowness, tasks that are not ready, and the database', () => {
      const ids = ['memory-high', 'faults', 'slow', 'unhealthy', 'database-cpu', 'database-memory', 'database-storage'];
      for (const id of ids) expect(findAlarm(id)).toBeDefined();
      expect(findAlarm('blocked') !== undefined).toBe(environment.edge.waf);
      expect(findAlarm('unreachable') !== undefined).toBe(environment.dns !== undefined);
      expect(findAlarm('canary') !== undefined).toBe(environment.ops.canary);
    });

    test('tells people of each alarm, when it begins and when it is over, and what it means', () => {
      for (const { Properties } of listResources(templates, 'AWS::CloudWatch::Alarm', 'Observability')) {
        expect(Properties.AlarmActions).toHaveLength(1);
        expect(Properties.OKActions).toEqual(Properties.AlarmActions);
        expect(Properties.AlarmDescription.length).toBeGreaterThan(10);
      }
    });

    test('has a dashboard of clients, tasks and database', () => {
      const { DashboardBody } = findResource(templates, 'AWS::CloudWatch::Dashboard', 'Observability').Properties;
      const body = JSON.stringify(DashboardBody);
      for (const text of ['What clients see', 'Tasks', 'Database', 'DatabaseConnections']) expect(body).toContain(text);
    });

    test('has a canary and a health check of its name where it says', () => {
      expectCount(templates, 'Observability', 'AWS::Synthetics::Canary', environment.ops.canary ? 1 : 0);
      expectCount(templates, 'Observability', 'AWS::Route53::HealthCheck', environment.dns ? 1 : 0);
      if (!environment.ops.canary) return;
      const { Code, RunConfig, Schedule } = findResource(
        templates,
        'AWS::Synthetics::Canary',
        'Observability',
      ).Properties;
      expect(Code).toMatchObject({ Handler: 'index.handler', Script: expect.stringContaining('x-probes') });
      expect(Schedule.Expression).toBe('rate(5 minutes)');
      expect(RunConfig.EnvironmentVariables.BASE_URL).toBe(`https://${environment.dns?.apiHost}`);
    });
  });
}
