import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';
import { EnvironmentStack } from './environment.stack.js';

/** Where built images are. What runs is named by its digest, so the last ten are as many rollbacks. */
export class RegistryStack extends EnvironmentStack {
  readonly repository: Repository;

  constructor(scope: Construct, environment: Environment) {
    super(scope, 'Registry', environment);
    this.repository = new Repository(this, 'Images', {
      repositoryName: `filmgraph-${environment.name}`,
      encryption: RepositoryEncryption.KMS,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      lifecycleRules: [{ description: 'Ten to go back to', maxImageCount: 10 }],
      removalPolicy: this.removalPolicy,
    });
  }
}
