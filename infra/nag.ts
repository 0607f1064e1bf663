import { type App, type PolicyValidationPluginReport, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** A finding that stays, and why. */
export interface Acknowledgement {
  /** The path below the environment's name: `Data/Database/Resource` in every one. */
  readonly path: RegExp;
  readonly finding: RegExp;
  readonly reason: string;
}

const pipelineRoles = /^Pipeline\/(Pipeline\/(Role|Source|Approve)|Build|Deploy|Smoke)\b/;

/** Every finding that stays. One that is not here fails the synthesis; one that no environment has fails a test. */
export const acknowledgements: readonly Acknowledgement[] = [
  {
    path: /^Data\/(Database|Reader\d|BackupRole|LogRetention)|^Service\/(Migration\/Hook|Service\/GreenRole)/,
    finding:
      /^AwsSolutions-IAM4\[.*policy\/(service-role\/)?(AmazonRDSEnhancedMonitoringRole|AWSBackup\w+|AWSLambdaBasicExecutionRole|AmazonECSInfrastructureRolePolicyForLoadBalancers)\]$/,
    reason: 'Amazon’s own policy for what Amazon’s own service does here; it grows with the service',
  },
  {
    path: /^Data\/LogRetention/,
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    reason: 'Sets how long logs are kept, of groups that RDS makes and names',
  },
  {
    path: /^Data\/SessionSecret/,
    finding: /^AwsSolutions-SMG4$/,
    reason: 'A new one logs everybody out, so somebody decides when (docs/operations.md)',
  },
  {
    path: /^Data\/(Database|Reader\d)\//,
    finding: /^AwsSolutions-RDS11$/,
    reason: 'Who reaches the subnets would find any port; nobody does but the clients’ security group',
  },
  {
    path: /^Data\/Reader\d\//,
    finding: /^AwsSolutions-(RDS2|RDS3)$/,
    reason: 'A replica is encrypted with its source’s key, and the standby is the source’s',
  },
  {
    path: /^Data\/Database\//,
    finding: /^AwsSolutions-(RDS3|RDS10)$/,
    reason: 'Where environments.ts says multiAz or deletionProtection: false, the data can be made again',
  },
  {
    path: /^(Data|Edge|Observability|Pipeline)\/AccessLogs\//,
    finding: /^AwsSolutions-S1$/,
    reason: 'It holds access logs; logging who wrote them would never end',
  },
  {
    path: /^Data\/Images\/Delivery\//,
    finding: /^AwsSolutions-(CFR1|CFR2|CFR3)$/,
    reason: 'Static pictures, shown to everybody everywhere: nothing to inject, and no log of who looked at them',
  },
  {
    path: /^Data\/Images\/Delivery\//,
    finding: /^AwsSolutions-CFR4$/,
    reason: 'CloudFront’s own name comes with its own certificate, whose protocols are CloudFront’s to choose',
  },
  {
    path: /^Identity\/Users\//,
    finding: /^AwsSolutions-COG8$/,
    reason: 'The Plus plan costs more than everything else; passwords are long and people have a second factor',
  },
  {
    path: /^Identity\/Users\//,
    finding: /^AwsSolutions-COG2$/,
    reason: 'Where environments.ts says mfa: optional, there are test accounts alone',
  },
  {
    path: /^Edge\/EntranceGroup\//,
    finding: /^AwsSolutions-EC23$/,
    reason: 'The world’s way in: HTTP and HTTPS of the load balancer, and nothing else',
  },
  {
    path: /^Service\/(Server|Migrate)\/Resource$/,
    finding: /^AwsSolutions-ECS2$/,
    reason: 'Addresses and switches that change with the stack; every secret comes from Secrets Manager',
  },
  {
    path: /^Service\/Cluster\//,
    finding: /^AwsSolutions-ECS4$/,
    reason: 'Where environments.ts says containerInsights: false, it is not worth its price',
  },
  {
    path: /^Service\/(Server|Migrate)\/ExecutionRole\//,
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    reason: 'ecr:GetAuthorizationToken knows no resources',
  },
  {
    path: /^Service\/Server\/TaskRole\//,
    finding:
      /^AwsSolutions-IAM5\[Resource::(\*|[\w-]+-Data:ExportsOutput\w*ImagesBucket\w+\/\*|<ImagesBucket\w+[.]Arn>\/\*)\]$/,
    reason: 'X-Ray and ECS Exec know no resources; of pictures, the server keeps all',
  },
  {
    path: /^Service\/Migration\/Hook\//,
    finding: /^AwsSolutions-IAM5\[Resource::(\*|arn:.*:(task-definition\/\w+:\*|task\/.*\/\*))\]$/,
    reason: 'Every revision of the one migration, its tasks in the one cluster, and X-Ray, which knows no resources',
  },
  {
    path: /^Service\/Migration\/Invoker\//,
    finding: /^AwsSolutions-IAM5\[Resource::<MigrationHook\w+[.]Arn>:\*\]$/,
    reason: 'Every version of the one function',
  },
  {
    path: /^Observability\/Canary\//,
    finding:
      /^AwsSolutions-IAM5\[Resource::(\*|<CanaryResults\w+[.]Arn>\/\*|arn:.*:log-group:\/aws\/lambda\/cwsyn-.*)\]$/,
    reason: 'Its own results and its own log, whose names Synthetics makes; metrics know no resources',
  },
  {
    path: pipelineRoles,
    finding: /^AwsSolutions-IAM5\[(Action::(s3|kms):\w+\*|Resource::<Artifacts\w+[.]Arn>\/\*)\]$/,
    reason: 'What a step of the pipeline takes and leaves, in the pipeline’s own bucket with its own key',
  },
  {
    path: /^Pipeline\/(Build|Deploy|Smoke)\//,
    finding:
      /^AwsSolutions-IAM5\[Resource::arn:.*:(log-group:\/aws\/codebuild\/|report-group\/)<(Build|Deploy|Smoke)\w+>(:|-)\*\]$/,
    reason: 'The step’s own log and reports',
  },
  {
    path: /^Pipeline\/Build\//,
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    reason: 'ecr:GetAuthorizationToken knows no resources',
  },
  {
    path: /^Pipeline\/(Deploy|Smoke)\//,
    finding: /^AwsSolutions-IAM5\[Resource::arn:.*:(role\/cdk-hnb659fds-\*-role-\d+-[\w-]+|stack\/[\w-]+-Edge\/\*)\]$/,
    reason: 'The roles that CDK’s bootstrap made for deploying, and the one stack that knows the address',
  },
];

/** Checks the whole app by the rules of AWS Solutions at each synthesis. */
export function addNag(app: App): void {
  Validations.of(app).addPlugins(new ReviewedChecks(app, { verbose: true }));
}

/** The checks, with every known finding acknowledged, by its exact name, on the construct that has it. */
export class ReviewedChecks extends AwsSolutionsChecks {
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    for (const { path, finding } of listFindings(super.validateScope(scope))) {
      const construct = findByPath(scope, path);
      const known = acknowledgements.find((row) => isAbout(row, path, finding));
      if (construct && known) Validations.of(construct).acknowledge({ id: finding, reason: known.reason });
    }
    return super.validateScope(scope);
  }
}

/** Whether a row of the table is about a finding of a construct. */
export function isAbout(row: Acknowledgement, path: string, finding: string): boolean {
  const [, below = path] = /^[^-/]+-(.*)$/.exec(path) ?? [];
  return row.path.test(below) && row.finding.test(finding);
}

/** What a report finds, one by one. */
export function listFindings(
  report: PolicyValidationPluginReport,
): readonly { readonly path: string; readonly finding: string }[] {
  return report.violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath = '' }) => ({ path: constructPath, finding: ruleName })),
  );
}

function findByPath(scope: IConstruct, path: string): IConstruct | undefined {
  return path
    .split('/')
    .reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), scope.node.root);
}
