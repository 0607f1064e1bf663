import type { Resource, Templates } from './templates.js';
import { listResources } from './templates.js';

/** A kind of fault that the validation of a synthesis does not see. */
export interface FaultClass {
  readonly says: string;
  /** What is wrong in the templates of one environment; empty when nothing is. */
  readonly find: (templates: Templates) => readonly string[];
}

/** Resources of a type of which something is wrong, by what it is. */
function check(type: string, isWrong: (resource: Resource, templates: Templates) => boolean): FaultClass['find'] {
  return (templates) =>
    listResources(templates, type)
      .filter((resource) => isWrong(resource, templates))
      .map(({ Properties }) => `${type}: ${JSON.stringify(Properties).slice(0, 300)}`);
}

const cidr = /^(\d{1,3}[.]){3}\d{1,3}\/(\d|[12]\d|3[0-2])$/;
const isCidr = (text: unknown): boolean =>
  typeof text === 'string' && cidr.test(text) && text.split(/[./]/).every((part) => Number(part) <= 255);

const computeTypes = /^BUILD_GENERAL1_(SMALL|MEDIUM|LARGE|XLARGE|2XLARGE)$/;

/** Whether a reference, in this stack or to another's output, leads to a target group. */
function isTargetGroup(reference: unknown): boolean {
  return /"(Ref|Fn::ImportValue)":"[^"]*(Blue|Green)[^"]*"/.test(JSON.stringify(reference));
}

/** Rules of a firewall say what they do: a group by an override, any other by an action. */
function hasAction({ Action, OverrideAction, Statement }: Readonly<Record<string, unknown>>): boolean {
  const isGroup = JSON.stringify(Statement).includes('ManagedRuleGroupStatement');
  return isGroup ? OverrideAction !== undefined : Action !== undefined;
}

function mapsPort({ Properties }: Resource, templates: Templates): boolean {
  return Properties.LoadBalancers.every(({ ContainerName, ContainerPort }: Record<string, unknown>) =>
    listResources(templates, 'AWS::ECS::TaskDefinition').some((task) =>
      task.Properties.ContainerDefinitions.some(
        ({ Name, PortMappings = [] }: { Name: string; PortMappings?: { ContainerPort: number }[] }) =>
          Name === ContainerName && PortMappings.some((mapping) => mapping.ContainerPort === ContainerPort),
      ),
    ),
  );
}

/** Each with a check that a test shows to be awake. */
export const faultClasses = {
  wafRuleWithoutAction: {
    says: 'a firewall rule that says nothing to do',
    find: check('AWS::WAFv2::WebACL', ({ Properties }) => !Properties.Rules.every(hasAction)),
  },
  wrongTargetGroup: {
    says: 'a load balancer’s target group that is something else',
    find: check(
      'AWS::ECS::Service',
      ({ Properties }) =>
        !Properties.LoadBalancers.every(
          (
            { TargetGroupArn, AdvancedConfiguration }: Record<string, any>, // oxlint-disable-line typescript/no-explicit-any -- templates are arbitrary JSON
          ) => isTargetGroup(TargetGroupArn) && isTargetGroup(AdvancedConfiguration.AlternateTargetGroupArn),
        ),
    ),
  },
  containerPortMismatch: {
    says: 'a port that the container does not have',
    find: check('AWS::ECS::Service', (service, templates) => !mapsPort(service, templates)),
  },
  cacheEngine: {
    says: 'a cache engine that there is not',
    find: check(
      'AWS::ElastiCache::ServerlessCache',
      ({ Properties }) => !['valkey', 'redis'].includes(Properties.Engine),
    ),
  },
  badCidr: {
    says: 'a range of addresses that is none',
    find: (templates) => [
      ...check('AWS::EC2::VPC', ({ Properties }) => !isCidr(Properties.CidrBlock))(templates),
      ...check('AWS::EC2::Subnet', ({ Properties }) => !isCidr(Properties.CidrBlock))(templates),
      ...check('AWS::EC2::SecurityGroup', ({ Properties }) =>
        [...(Properties.SecurityGroupIngress ?? []), ...(Properties.SecurityGroupEgress ?? [])].some(
          ({ CidrIp }) => CidrIp !== undefined && !isCidr(CidrIp),
        ),
      )(templates),
    ],
  },
  codeBuildSize: {
    says: 'a size of CodeBuild that there is not',
    find: check('AWS::CodeBuild::Project', ({ Properties }) => !computeTypes.test(Properties.Environment.ComputeType)),
  },
} satisfies Readonly<Record<string, FaultClass>>;
