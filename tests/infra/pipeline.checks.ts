import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';
import { expectCount, expectResource, findResource, listResources, synthesize, type Templates } from './templates.js';

interface Stage {
  readonly Name: string;
  readonly OnFailure?: { readonly Result: string };
  readonly Actions: readonly {
    readonly Name: string;
    readonly RunOrder: number;
    readonly Configuration: Configuration;
  }[];
}

type Configuration = Readonly<Record<string, unknown>>;

/** Of the way from a push to the service. */
export function checkPipeline(): void {
  describe.each(environments)('the pipeline of $name', (environment) => {
    const { owner, repo, branch, manualApproval } = environment.pipeline;
    let templates: Templates;
    beforeAll(() => {
      templates = synthesize(environment);
    });

    const find = (type: string) => findResource(templates, type, 'Pipeline').Properties;
    const stages = (): readonly Stage[] => find('AWS::CodePipeline::Pipeline').Stages;
    const findStage = (name: string) => stages().find(({ Name }) => Name === name);

    test('starts with a push to its branch, by a connection and nobody’s token', () => {
      const { PipelineType, Triggers } = find('AWS::CodePipeline::Pipeline');
      expect(PipelineType).toBe('V2');
      expect(Triggers).toMatchObject([
        { GitConfiguration: { Push: [{ Branches: { Includes: [branch] } }], SourceActionName: 'Source' } },
      ]);
      expect(findStage('Source')?.Actions[0]?.Configuration).toMatchObject({
        FullRepositoryId: `${owner}/${repo}`,
        BranchName: branch,
      });
      expectCount(templates, 'Pipeline', 'AWS::CodeConnections::Connection', 1);
      expect(JSON.stringify(listResources(templates, 'AWS::IAM::Policy', 'Pipeline'))).toContain(
        'codeconnections:UseConnection',
      );
    });

    test('builds, lets somebody look where it says, deploys and asks', () => {
      const names = ['Source', 'Build', ...(manualApproval ? ['Approve'] : []), 'Deploy'];
      expect(stages().map(({ Name }) => Name)).toEqual(names);
      expect(findStage('Deploy')?.Actions.map(({ Name, RunOrder }) => [Name, RunOrder])).toEqual([
        ['Deploy', 1],
        ['Smoke', 2],
      ]);
    });

    test('goes back to what was good when a deployment or its answers are not', () => {
      expect(findStage('Deploy')?.OnFailure).toEqual({ Result: 'ROLLBACK' });
    });

    test('deploys the image that was built, by its digest', () => {
      const variables = String(findStage('Deploy')?.Actions[0]?.Configuration['EnvironmentVariables']);
      expect(JSON.parse(variables)).toEqual([
        { name: 'IMAGE_DIGEST', type: 'PLAINTEXT', value: '#{Build.IMAGE_DIGEST}' },
      ]);
    });

    test('has its commands in the repository, and a Docker engine only where it builds', () => {
      const projects = listResources(templates, 'AWS::CodeBuild::Project').map(({ Properties }) => Properties);
      const privileged = projects.filter(({ Environment }) => Environment.PrivilegedMode);
      expect(privileged.map(({ Source }) => Source.BuildSpec)).toEqual(['buildspec.yml']);
      for (const { Source, Environment } of projects) {
        expect(existsSync(Source.BuildSpec)).toBe(true);
        expect(Environment.Type).toBe(environment.service.arm ? 'ARM_CONTAINER' : 'LINUX_CONTAINER');
      }
    });

    test('keeps what it hands on encrypted with a key of its own, versioned', () => {
      expectResource(templates, 'Pipeline', 'AWS::S3::Bucket', {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
        VersioningConfiguration: { Status: 'Enabled' },
      });
    });

    test('says when it fails', () => {
      const { EventTypeIds } = find('AWS::CodeStarNotifications::NotificationRule');
      expect(EventTypeIds).toContain('codepipeline-pipeline-pipeline-execution-failed');
    });
  });
}
