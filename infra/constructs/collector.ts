import { ContainerImage, type FargateTaskDefinition, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { metricsPort, tracesPort } from '../container.js';

/** Amazon's distribution of the OpenTelemetry collector. */
const image = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.47.0';

/** Where the server's own metrics are in CloudWatch. */
const metricsNamespace = 'Filmgraph';

const pipelines = {
  traces: { receivers: ['otlp'], processors: ['memory_limiter', 'resourcedetection', 'batch'], exporters: ['awsxray'] },
  metrics: { receivers: ['prometheus'], processors: ['memory_limiter', 'batch'], exporters: ['awsemf'] },
};

/**
 * Puts a collector beside the server: traces that the server sends go to X-Ray, metrics that it shows go to CloudWatch.
 * A task serves on without it.
 */
export function addCollector(task: FargateTaskDefinition, logGroup: LogGroup): void {
  task.addContainer('collector', {
    image: ContainerImage.fromRegistry(image),
    essential: false,
    cpu: 64,
    memoryLimitMiB: 256,
    readonlyRootFilesystem: true,
    environment: { AOT_CONFIG_CONTENT: JSON.stringify(describeCollector(logGroup.logGroupName)) },
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'collector' }),
  });
  // X-Ray knows no resources.
  const actions = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];
  task.addToTaskRolePolicy(new PolicyStatement({ actions, resources: ['*'] }));
  logGroup.grantWrite(task.taskRole);
  logGroup.grant(task.taskRole, 'logs:DescribeLogStreams');
}

/** JSON is YAML, which is what the collector reads. */
function describeCollector(logGroupName: string) {
  const scrape = {
    job_name: 'filmgraph',
    scrape_interval: '60s',
    static_configs: [{ targets: [`127.0.0.1:${metricsPort}`] }],
  };
  return {
    receivers: {
      otlp: { protocols: { http: { endpoint: `127.0.0.1:${tracesPort}` } } },
      prometheus: { config: { scrape_configs: [scrape] } },
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_mib: 200 },
      resourcedetection: { detectors: ['env', 'ecs'] },
      batch: {},
    },
    exporters: {
      awsxray: {},
      awsemf: {
        namespace: metricsNamespace,
        log_group_name: logGroupName,
        log_stream_name: 'metrics',
        dimension_rollup_option: 'NoDimensionRollup',
      },
    },
    service: { pipelines },
  };
}
