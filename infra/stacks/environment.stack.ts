import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';

/** A stack of one environment: named after it, in its account and region, and in zones that nobody has to look up. */
export class EnvironmentStack extends Stack {
  protected readonly settings: Environment;

  constructor(scope: Construct, name: string, environment: Environment) {
    super(scope, `${environment.name}-${name}`, {
      env: { account: environment.account, region: environment.region },
      description: `Filmgraph ${environment.name}: ${name.toLowerCase()}`,
      terminationProtection: environment.data.deletionProtection,
    });
    this.settings = environment;
  }

  override get availabilityZones(): string[] {
    return [...this.settings.network.availabilityZones];
  }

  /** What becomes of data whose stack is deleted. */
  protected get removalPolicy(): RemovalPolicy {
    return this.settings.data.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
