import type { PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnConnection } from 'aws-cdk-lib/aws-codeconnections';
import {
  Artifact,
  ExecutionMode,
  Pipeline,
  PipelineNotificationEvents,
  PipelineType,
  ProviderType,
  Result,
} from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeBuildAction,
  CodeStarConnectionsSourceAction,
  ManualApprovalAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createBuildProject } from '../constructs/build-project.js';
import { createLogsBucket } from '../constructs/logs-bucket.js';
import { privateBucket } from '../constructs/private-bucket.js';
import type { Environment } from '../environment.js';
import type { AlertsStack } from './alerts.stack.js';
import { EnvironmentStack } from './environment.stack.js';

export interface PipelineStackProps {
  readonly alerts: AlertsStack;
  readonly repository: IRepository;
}

/** What the build stage's variables are called by. */
const buildVariables = 'Build';

/** From a push to the running service: check and build, look, deploy and ask; what does not answer well is undone. */
export class PipelineStack extends EnvironmentStack {
  private readonly key: Key;
  private readonly props: PipelineStackProps;
  private readonly source = new Artifact('Source');
  private readonly built = new Artifact('Built');

  constructor(scope: Construct, environment: Environment, props: PipelineStackProps) {
    super(scope, 'Pipeline', environment);
    this.props = props;
    this.key = new Key(this, 'Key', {
      description: 'What the pipeline hands from step to step',
      enableKeyRotation: true,
      removalPolicy: this.removalPolicy,
    });
    const pipeline = new Pipeline(this, 'Pipeline', {
      pipelineName: `filmgraph-${environment.name}`,
      pipelineType: PipelineType.V2,
      executionMode: ExecutionMode.QUEUED,
      artifactBucket: this.createArtifacts(),
    });
    this.addSource(pipeline);
    pipeline.addStage({ stageName: 'Build', actions: [this.createBuild()] });
    if (environment.pipeline.manualApproval) this.addApproval(pipeline);
    pipeline.addStage({
      stageName: 'Deploy',
      actions: [this.createDeploy(), this.createSmoke()],
      // Deploys what the last good execution deployed.
      onFailure: { result: Result.ROLLBACK },
    });
    pipeline.notifyOn('Failures', props.alerts.topic, {
      events: [PipelineNotificationEvents.PIPELINE_EXECUTION_FAILED, PipelineNotificationEvents.MANUAL_APPROVAL_NEEDED],
    });
  }

  private createArtifacts(): Bucket {
    return new Bucket(this, 'Artifacts', {
      ...privateBucket,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: createLogsBucket(this, this.removalPolicy),
      serverAccessLogsPrefix: 'artifacts/',
      // Long enough to go back to any of the ten images that are kept.
      lifecycleRules: [{ expiration: Duration.days(180), noncurrentVersionExpiration: Duration.days(7) }],
      removalPolicy: this.removalPolicy,
    });
  }

  /** A connection that somebody approves once in the console; no token of a person is kept anywhere. */
  private addSource(pipeline: Pipeline): void {
    const { owner, repo, branch } = this.settings.pipeline;
    const connection = new CfnConnection(this, 'Connection', {
      connectionName: `filmgraph-${this.settings.name}`,
      providerType: 'GitHub',
    });
    const sourceAction = new CodeStarConnectionsSourceAction({
      actionName: 'Source',
      connectionArn: connection.attrConnectionArn,
      owner,
      repo,
      branch,
      output: this.source,
      // The trigger below says when.
      triggerOnPush: false,
    });
    pipeline.addStage({ stageName: 'Source', actions: [sourceAction] });
    pipeline.addTrigger({
      providerType: ProviderType.CODE_STAR_SOURCE_CONNECTION,
      gitConfiguration: { sourceAction, pushFilter: [{ branchesIncludes: [branch] }] },
    });
    // CDK grants it under the service's old name alone.
    const grant = new PolicyStatement({
      actions: ['codeconnections:UseConnection'],
      resources: [connection.attrConnectionArn],
    });
    sourceAction.actionProperties.role?.addToPrincipalPolicy(grant);
    pipeline.addToRolePolicy(grant);
    new CfnOutput(this, 'ConnectionArn', { value: connection.attrConnectionArn });
  }

  private createBuild(): CodeBuildAction {
    const { repository } = this.props;
    const project = this.createProject('Build', {
      description: 'Checks everything, builds the image, and puts it into the registry by its commit',
      buildSpec: 'buildspec.yml',
      docker: true,
      variables: { REPOSITORY_URI: repository.repositoryUri, REPOSITORY_NAME: repository.repositoryName },
    });
    repository.grantPullPush(project);
    repository.grant(project, 'ecr:DescribeImages');
    return new CodeBuildAction({
      actionName: 'Build',
      project,
      input: this.source,
      outputs: [this.built],
      variablesNamespace: buildVariables,
    });
  }

  private addApproval(pipeline: Pipeline): void {
    const action = new ManualApprovalAction({
      actionName: 'Approve',
      notificationTopic: this.props.alerts.topic,
      additionalInformation: `Image #{${buildVariables}.IMAGE_DIGEST} of commit #{${buildVariables}.COMMIT}`,
    });
    pipeline.addStage({ stageName: 'Approve', actions: [action] });
  }

  private createDeploy(): CodeBuildAction {
    const project = this.createProject('Deploy', {
      description: 'Deploys what was built: the service, and what watches it',
      buildSpec: 'buildspec.deploy.yml',
      variables: { ENVIRONMENT: this.settings.name },
    });
    const roles = `arn:${this.partition}:iam::${this.account}:role/cdk-hnb659fds-*-role-${this.account}-${this.region}`;
    project.addToRolePolicy(new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [roles] }));
    return new CodeBuildAction({
      actionName: 'Deploy',
      project,
      input: this.built,
      runOrder: 1,
      environmentVariables: { IMAGE_DIGEST: { value: `#{${buildVariables}.IMAGE_DIGEST}` } },
    });
  }

  private createSmoke(): CodeBuildAction {
    const project = this.createProject('Smoke', {
      description: 'Asks what was deployed: health, a query, every dialect',
      buildSpec: 'buildspec.smoke.yml',
      variables: { ENVIRONMENT: this.settings.name },
    });
    const stack = this.formatArn({
      service: 'cloudformation',
      resource: 'stack',
      resourceName: `${this.settings.name}-Edge/*`,
    });
    project.addToRolePolicy(new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stack] }));
    return new CodeBuildAction({ actionName: 'Smoke', project, input: this.built, runOrder: 2 });
  }

  private createProject(
    id: string,
    props: Omit<Parameters<typeof createBuildProject>[2], 'environment' | 'encryptionKey'>,
  ): PipelineProject {
    return createBuildProject(this, id, { ...props, environment: this.settings, encryptionKey: this.key });
  }
}
