import { type App, Tags } from 'aws-cdk-lib/core';
import type { Environment } from './environment.js';
import { AlertsStack } from './stacks/alerts.stack.js';
import { DataStack } from './stacks/data.stack.js';
import { EdgeStack } from './stacks/edge.stack.js';
import { IdentityStack } from './stacks/identity.stack.js';
import { NetworkStack } from './stacks/network.stack.js';
import { ObservabilityStack } from './stacks/observability.stack.js';
import { PipelineStack } from './stacks/pipeline.stack.js';
import { RegistryStack } from './stacks/registry.stack.js';
import { ServiceStack } from './stacks/service.stack.js';

/** A change of its tags would make CloudFormation write a rule anew, with the weights that it had before a deployment. */
const untagged = { excludeResourceTypes: ['AWS::ElasticLoadBalancingV2::ListenerRule'] };

/** Adds every stack of one environment to the app. */
export function build(app: App, environment: Environment) {
  const alerts = new AlertsStack(app, environment);
  const network = new NetworkStack(app, environment);
  const data = new DataStack(app, environment, network.vpc);
  const edge = new EdgeStack(app, environment, network.vpc);
  const identity = new IdentityStack(app, environment);
  const registry = new RegistryStack(app, environment);
  const { vpc } = network;
  const { repository } = registry;
  const service = new ServiceStack(app, environment, { vpc, alerts, data, edge, identity, repository });
  const observability = new ObservabilityStack(app, environment, { alerts, data, edge, service });
  const pipeline = new PipelineStack(app, environment, { alerts, repository });
  const stacks = { alerts, network, data, edge, identity, registry, service, observability, pipeline };
  for (const stack of Object.values(stacks)) {
    Tags.of(stack).add('project', 'filmgraph', untagged);
    Tags.of(stack).add('environment', environment.name, untagged);
  }
  return stacks;
}
