import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { CfnParameter } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What a deployment runs. */
export interface ServerImage {
  readonly repository: IRepository;
  /** By digest, so that it is exactly what was tested. */
  readonly uri: string;
}

/** The name by which the pipeline passes the digest. */
const imageDigestParameter = 'ImageDigest';

/** The image that whoever deploys names. There is no default, so no deployment runs anything that was not built. */
export function createServerImage(scope: Construct, repository: IRepository): ServerImage {
  const digest = new CfnParameter(scope, imageDigestParameter, {
    description: 'Digest of the image in the registry',
    allowedPattern: '^sha256:[0-9a-f]{64}$',
    constraintDescription: 'sha256: and 64 hex digits, as the build exports it',
  });
  return { repository, uri: repository.repositoryUriForDigest(digest.valueAsString) };
}
