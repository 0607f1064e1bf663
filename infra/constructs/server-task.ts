import type { HealthCheck } from 'aws-cdk-lib/aws-ecs';
import {
  AwsLogDriverMode,
  ContainerImage,
  CpuArchitecture,
  type FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
  type Secret,
  FargateTaskDefinition as TaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, Size } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { containerPort } from '../container.js';
import type { Environment } from '../environment.js';
import type { ServerImage } from './server-image.js';

export interface ServerTaskProps {
  readonly environment: Environment;
  readonly image: ServerImage;
  readonly logGroup: LogGroup;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** What encrypts the secrets. */
  readonly keyArn: string;
  /** Absent: the server. */
  readonly command?: readonly string[];
}

/** The container's name, by which the load balancer and whoever opens a shell find it. */
export const serverContainer = 'server';

/** The folders that ECS Exec writes to; everything else of a container is read-only. */
const execFolders = ['/var/lib/amazon', '/var/log/amazon'];

/** The image as a task: the server itself, or one of its commands. Nobody is root in it, and nothing can be written. */
export function createServerTask(scope: Construct, id: string, props: ServerTaskProps): FargateTaskDefinition {
  const { service } = props.environment;
  const task = new TaskDefinition(scope, id, {
    cpu: service.cpu,
    memoryLimitMiB: service.memoryMb,
    runtimePlatform: {
      operatingSystemFamily: OperatingSystemFamily.LINUX,
      cpuArchitecture: service.arm ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
    },
    volumes: execFolders.map((folder) => ({ name: nameOf(folder) })),
  });
  const role = task.obtainExecutionRole();
  props.image.repository.grantPull(role);
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [props.keyArn] }));
  addServer(task, props);
  return task;
}

function addServer(task: FargateTaskDefinition, props: ServerTaskProps): void {
  const { command } = props;
  const container = task.addContainer(serverContainer, {
    image: ContainerImage.fromRegistry(props.image.uri),
    ...(command ? { command: [...command] } : { healthCheck, portMappings: [{ containerPort }] }),
    environment: { NODE_ENV: 'production', PORT: String(containerPort), ...props.variables },
    secrets: { ...props.secrets },
    readonlyRootFilesystem: true,
    user: '10001:10001',
    linuxParameters: new LinuxParameters(task, 'Linux', { initProcessEnabled: true }),
    // The server ends by itself within 25 seconds.
    stopTimeout: Duration.seconds(30),
    logging: LogDrivers.awsLogs({
      logGroup: props.logGroup,
      streamPrefix: 'server',
      // A log that cannot be written must not stop the server.
      mode: AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(25),
    }),
  });
  const mounts = execFolders.map((folder) => ({
    sourceVolume: nameOf(folder),
    containerPath: folder,
    readOnly: false,
  }));
  container.addMountPoints(...mounts);
}

/** The image's own; ECS does not read it there. */
const healthCheck: HealthCheck = {
  command: ['CMD', 'node', 'dist/server/cli/check-health.js'],
  interval: Duration.seconds(10),
  timeout: Duration.seconds(5),
  startPeriod: Duration.seconds(20),
  retries: 3,
};

function nameOf(folder: string): string {
  return folder.slice(1).replaceAll('/', '-');
}
