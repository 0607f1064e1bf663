import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../environment.js';
import { retentionOf } from './log-group.js';

export interface WebAclProps {
  readonly environment: Environment;
  readonly loadBalancer: IApplicationLoadBalancer;
}

/** Amazon's rule groups, in the order in which they are asked, and which of their rules only count. */
const managedGroups: readonly { readonly name: string; readonly count?: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  // Queries and photos are longer than the 8 KB that its rule on bodies allows; the server has limits of its own.
  { name: 'AWSManagedRulesCommonRuleSet', count: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesSQLiRuleSet' },
];

/** Refuses what no client of ours sends, before it reaches a task. */
export class WebAcl extends Construct {
  /** As its metrics name it. */
  readonly aclName: string;

  constructor(scope: Construct, id: string, { environment, loadBalancer }: WebAclProps) {
    super(scope, id);
    this.aclName = `filmgraph-${environment.name}`;
    const acl = new CfnWebACL(this, 'Acl', {
      name: this.aclName,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: describeVisibility(this.aclName),
      rules: [limitRate(environment.edge.rateLimitPer5Min), ...managedGroups.map(useManagedGroup)],
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: loadBalancer.loadBalancerArn,
      webAclArn: acl.attrArn,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      // WAF writes to groups with this prefix alone.
      logGroupName: `aws-waf-logs-${this.aclName}`,
      retention: retentionOf(environment.ops.logDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [logGroup.logGroupArn],
      redactedFields: ['authorization', 'cookie', 'x-api-key'].map((name) => ({ singleHeader: { Name: name } })),
    });
  }
}

/** Too many requests are told so, like those that the server itself refuses. */
function limitRate(limit: number): CfnWebACL.RuleProperty {
  return {
    name: 'Rate',
    priority: 0,
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: 300, limit } },
    action: {
      block: {
        customResponse: { responseCode: 429, responseHeaders: [{ name: 'Retry-After', value: '300' }] },
      },
    },
    visibilityConfig: describeVisibility('Rate'),
  };
}

function useManagedGroup({ name, count = [] }: (typeof managedGroups)[number], index: number): CfnWebACL.RuleProperty {
  const ruleActionOverrides = count.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
    name,
    priority: index + 1,
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides } },
    overrideAction: { none: {} },
    visibilityConfig: describeVisibility(name),
  };
}

function describeVisibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}
