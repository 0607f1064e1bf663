import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';
import { findResource, listResources, synthesize, type Templates, templateOf } from './templates.js';

interface Container {
  readonly Name: string;
  readonly [property: string]: any; // oxlint-disable-line typescript/no-explicit-any -- templates are arbitrary JSON
}

/** Of the version that runs. */
export function checkService(): void {
  describe.each(environments)('the service of $name', (environment) => {
    const { service, data, ops } = environment;
    let templates: Templates;
    beforeAll(() => {
      templates = synthesize(environment);
    });

    /** The properties of the one resource of a type. */
    const find = (type: string) => findResource(templates, type, 'Service').Properties;

    /** A container of the task that has the server, or of the one that migrates. */
    function findContainer(name: string, migrates = false): Container {
      const tasks = listResources(templates, 'AWS::ECS::TaskDefinition', 'Service');
      const containers: Container[] = tasks
        .map(({ Properties }) => Properties.ContainerDefinitions)
        .find(([first]) => (first.Command !== undefined) === migrates);
      const found = containers.find(({ Name }) => Name === name);
      if (!found) throw new Error(`There is no container ${name}.`);
      return found;
    }

    /** Variables as an object. */
    function variablesOf({ Environment }: Container): Record<string, unknown> {
      return Object.fromEntries(Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]));
    }

    const secretsOf = ({ Secrets }: Container): string[] =>
      Secrets.map(({ Name }: { Name: string }) => Name).toSorted();

    test('is Fargate, on the capacity that it says, in private subnets, and its number of tasks is nobody’s but scaling’s', () => {
      const properties = find('AWS::ECS::Service');
      expect(properties).toMatchObject({
        CapacityProviderStrategy: [{ CapacityProvider: service.spot ? 'FARGATE_SPOT' : 'FARGATE' }],
        NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
        EnableExecuteCommand: true,
      });
      expect(properties).not.toHaveProperty('DesiredCount');
      expect(JSON.stringify(properties.NetworkConfiguration)).not.toMatch(/public(?!Ip)|isolated/);
    });

    test('is deployed blue and green by ECS itself, and undone by its alarm or by tasks that do not become well', () => {
      expect(find('AWS::ECS::Service').DeploymentConfiguration).toMatchObject({
        Strategy: 'BLUE_GREEN',
        BakeTimeInMinutes: service.bakeMinutes,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { Enable: true, Rollback: true, AlarmNames: [{ Ref: expect.stringMatching(/^DeploymentFaults/) }] },
      });
      const [balancer] = find('AWS::ECS::Service').LoadBalancers;
      expect(Object.keys(balancer.AdvancedConfiguration).toSorted()).toEqual([
        'AlternateTargetGroupArn',
        'ProductionListenerRule',
        'RoleArn',
        'TestListenerRule',
      ]);
    });

    test('counts the faults of blue and green together', () => {
      const { Metrics } = find('AWS::CloudWatch::Alarm');
      expect(Metrics.map(({ Expression }: { Expression?: string }) => Expression).filter(Boolean)).toEqual([
        'FILL(blue, 0) + FILL(green, 0)',
      ]);
    });

    test('migrates before it scales up, by a function that ECS may call before the service exists', () => {
      const template = templateOf(templates, 'Service');
      const [hook] = find('AWS::ECS::Service').DeploymentConfiguration.LifecycleHooks;
      expect(hook).toMatchObject({ LifecycleStages: ['PRE_SCALE_UP'] });
      expect(JSON.stringify(hook.HookDetails)).toMatch(
        /cluster.*taskDefinition.*"Ref":"Migrate.*subnets.*securityGroups/,
      );
      const [resource] = Object.values(template.findResources('AWS::ECS::Service'));
      expect(resource?.['DependsOn']).toEqual(
        expect.arrayContaining([expect.stringMatching(/^MigrationInvokerDefaultPolicy/)]),
      );
    });

    test('migrates with the admin’s account, and serves with one that can change no table', () => {
      const migration = findContainer('server', true);
      expect(migration['Command']).toEqual(['node', 'dist/server/cli/migrate.js']);
      const accounts = ['DATABASE_APP_PASSWORD', 'DATABASE_APP_USER', 'DATABASE_PASSWORD', 'DATABASE_USER'];
      expect(secretsOf(migration)).toEqual(accounts);
      const server = findContainer('server');
      expect(secretsOf(server)).toEqual(['DATABASE_PASSWORD', 'DATABASE_USER', 'SESSION_SECRET']);
      const passwordOf = ({ Secrets }: Container) =>
        JSON.stringify(Secrets.find(({ Name }: { Name: string }) => Name === 'DATABASE_PASSWORD'));
      expect(passwordOf(server)).not.toEqual(passwordOf(migration));
    });

    test('runs an image by a digest that has no default', () => {
      const { Parameters } = templateOf(templates, 'Service').toJSON();
      expect(Parameters.ImageDigest).toMatchObject({ Type: 'String', AllowedPattern: '^sha256:[0-9a-f]{64}$' });
      expect(Parameters.ImageDigest).not.toHaveProperty('Default');
      for (const migrates of [true, false])
        expect(JSON.stringify(findContainer('server', migrates)['Image'])).toMatch(/@.*"Ref":"ImageDigest"/);
    });

    test('has the limits, user and health check of the image, and a root that nobody can write to', () => {
      const dockerfile = readFileSync('Dockerfile', 'utf8');
      const server = findContainer('server');
      expect(server).toMatchObject({
        ReadonlyRootFilesystem: true,
        PortMappings: [{ ContainerPort: 3000 }],
        StopTimeout: 30,
      });
      expect(dockerfile).toContain(`USER ${server['User']}`);
      expect(dockerfile).toContain('EXPOSE 3000');
      const [, ...command] = server['HealthCheck'].Command;
      expect(dockerfile).toContain(`CMD ${JSON.stringify(command).replaceAll(',', ', ')}`);
      const [task] = listResources(templates, 'AWS::ECS::TaskDefinition', 'Service');
      expect(task?.Properties).toMatchObject({ Cpu: String(service.cpu), Memory: String(service.memoryMb) });
    });

    test('is told where everything is, and no secret among it', () => {
      const variables = variablesOf(findContainer('server'));
      expect(variables).toMatchObject({
        NODE_ENV: 'production',
        PORT: '3000',
        DATABASE_TLS: 'amazon-rds',
        TRUST_PROXY: '1',
        S3_REGION: environment.region,
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        METRICS_PORT: '9464',
        ...service.variables,
      });
      for (const name of [
        'DATABASE_URL',
        'S3_BUCKET',
        'S3_PUBLIC_BASE_URL',
        'OIDC_ISSUER',
        'OIDC_AUDIENCE',
        'PUBLIC_URL',
      ])
        expect(variables).toHaveProperty(name);
      expect('REDIS_URL' in variables).toBe(data.cache === 'valkey');
      expect(JSON.stringify(variables['DATABASE_URL'])).not.toContain('@');
      expect(Object.keys(variables).filter((name) => /PASSWORD|SECRET|TOKEN|_KEY/.test(name))).toEqual([]);
    });

    test('keeps all pictures, and may see that one is not there', () => {
      const policies = listResources(templates, 'AWS::IAM::Policy', 'Service').map(({ Properties }) => Properties);
      const server = policies.find(({ PolicyName }) => PolicyName.startsWith('ServerTaskRole'));
      const statements = server.PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) =>
        /s3:/.test(String(Action)),
      );
      const actions = statements.map(({ Action }: { Action: unknown }) => Action);
      expect(actions).toEqual([['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], 's3:ListBucket']);
    });

    test('has an OpenTelemetry collector beside it that sends traces to X-Ray and metrics to CloudWatch', () => {
      const collector = findContainer('collector');
      expect(collector).toMatchObject({ Essential: false, Image: expect.stringMatching(/aws-otel-collector:v\d/) });
      const config = JSON.stringify(variablesOf(collector)['AOT_CONFIG_CONTENT']).replaceAll('\\', '');
      for (const text of ['127.0.0.1:4318', '127.0.0.1:9464', 'awsxray', 'awsemf']) expect(config).toContain(text);
    });

    test('scales between its limits by CPU, memory and requests of blue and green together', () => {
      expect(find('AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({
        MinCapacity: service.minTasks,
        MaxCapacity: service.maxTasks,
      });
      const policies = listResources(templates, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(
        ({ Properties }) => Properties.TargetTrackingScalingPolicyConfiguration,
      );
      const predefined = policies.map(({ PredefinedMetricSpecification }) => PredefinedMetricSpecification);
      expect(predefined.map((metric) => metric?.PredefinedMetricType).filter(Boolean)).toEqual([
        'ECSServiceAverageCPUUtilization',
        'ECSServiceAverageMemoryUtilization',
      ]);
      const targets = policies.map(({ TargetValue }) => TargetValue).toSorted((a, b) => a - b);
      expect(targets).toEqual([service.cpuTarget, service.memoryTarget, service.requestTarget]);
      const requests = policies.find(({ CustomizedMetricSpecification }) => CustomizedMetricSpecification);
      expect(requests.CustomizedMetricSpecification.Metrics).toHaveLength(3);
    });

    test('sends its tasks home when it says so', () => {
      const { ScheduledActions = [] } = find('AWS::ApplicationAutoScaling::ScalableTarget');
      const schedules = ScheduledActions.map(({ Schedule }: { Schedule: string }) => Schedule);
      expect(schedules).toEqual(service.offHours ? [service.offHours.stopAt, service.offHours.startAt] : []);
    });

    test('replaces its tasks more often than passwords change', () => {
      expect(find('AWS::Scheduler::Schedule')).toMatchObject({
        ScheduleExpression: 'cron(0 9 ? * TUE *)',
        Target: { Arn: expect.objectContaining({}) },
      });
    });

    test('watches its containers where it says', () => {
      const value = ops.containerInsights ? 'enhanced' : 'disabled';
      expect(find('AWS::ECS::Cluster').ClusterSettings).toEqual([{ Name: 'containerInsights', Value: value }]);
    });
  });
}
