import {
  BuildSpec,
  Cache,
  ComputeType,
  type IBuildImage,
  LinuxArmBuildImage,
  LinuxBuildImage,
  LocalCacheMode,
  PipelineProject,
} from 'aws-cdk-lib/aws-codebuild';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';
import { createLogGroup } from './log-group.js';

export interface BuildProjectProps {
  readonly environment: Environment;
  readonly encryptionKey: IKey;
  readonly description: string;
  /** In the repository's root. */
  readonly buildSpec: string;
  /** Builds images, for which it needs a Docker engine of its own, and more processors. */
  readonly docker?: boolean;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A step of the pipeline: its commands are in the repository, so that they change, and are tested, with the code. */
export function createBuildProject(scope: Construct, id: string, props: BuildProjectProps): PipelineProject {
  const { environment, docker = false, variables = {} } = props;
  return new PipelineProject(scope, id, {
    projectName: `filmgraph-${environment.name}-${id.toLowerCase()}`,
    description: props.description,
    buildSpec: BuildSpec.fromSourceFilename(props.buildSpec),
    environment: {
      buildImage: chooseImage(environment),
      computeType: docker ? ComputeType.LARGE : ComputeType.SMALL,
      privileged: docker,
    },
    environmentVariables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    encryptionKey: props.encryptionKey,
    timeout: Duration.minutes(60),
    logging: { cloudWatch: { logGroup: createLogGroup(scope, `${id}Logs`, environment) } },
    ...(docker && { cache: Cache.local(LocalCacheMode.DOCKER_LAYER) }),
  });
}

/** Of the processor that the tasks have: an image runs where it was built. */
function chooseImage({ service }: Environment): IBuildImage {
  return service.arm ? LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0 : LinuxBuildImage.AMAZON_LINUX_2023_5;
}
