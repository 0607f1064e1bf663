import { beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';
import { expectCount, expectResource, findResource, listResources, synthesize, type Templates } from './templates.js';

/** Of the stacks that change rarely: alerts, identity, registry. */
export function checkShared(): void {
  describe.each(environments)('what $name stands on', (environment) => {
    let templates: Templates;
    beforeAll(() => {
      templates = synthesize(environment);
    });

    test('tells the people it says, over an encrypted topic', () => {
      const emails = listResources(templates, 'AWS::SNS::Subscription').map(({ Properties }) => Properties.Endpoint);
      expect(emails).toEqual(environment.ops.alarmEmails);
      expect(findResource(templates, 'AWS::SNS::Topic', 'Alerts').Properties).toHaveProperty('KmsMasterKeyId');
    });

    test('has a user pool with groups, long passwords, and a second factor as it says', () => {
      const pool = findResource(templates, 'AWS::Cognito::UserPool', 'Identity').Properties;
      expect(pool).toMatchObject({
        MfaConfiguration: environment.identity.mfa === 'required' ? 'ON' : 'OPTIONAL',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
        DeletionProtection: environment.data.deletionProtection ? 'ACTIVE' : 'INACTIVE',
      });
      const groups = listResources(templates, 'AWS::Cognito::UserPoolGroup');
      expect(groups.map(({ Properties }) => Properties.GroupName)).toEqual(['admin', 'user']);
      expectCount(templates, 'Identity', 'AWS::Cognito::UserPoolDomain', 1);
    });

    test('has a client for people, without a secret, and one for programs, with client credentials', () => {
      const clients = listResources(templates, 'AWS::Cognito::UserPoolClient').map(({ Properties }) => Properties);
      expect(
        clients.map(({ AllowedOAuthFlows, GenerateSecret = false }) => [AllowedOAuthFlows, GenerateSecret]),
      ).toEqual([
        [['code'], false],
        [['client_credentials'], true],
      ]);
      expectResource(templates, 'Identity', 'AWS::Cognito::UserPoolResourceServer', {
        Identifier: 'filmgraph',
        Scopes: [{ ScopeName: 'movies.read' }],
      });
    });

    test('has a registry that scans, whose tags stay where they are, with ten images to go back to', () => {
      const { LifecyclePolicy, ...repository } = findResource(templates, 'AWS::ECR::Repository', 'Registry').Properties;
      expect(repository).toMatchObject({
        ImageScanningConfiguration: { ScanOnPush: true },
        ImageTagMutability: 'IMMUTABLE',
        EncryptionConfiguration: { EncryptionType: 'KMS' },
      });
      expect(JSON.parse(LifecyclePolicy.LifecyclePolicyText).rules[0].selection).toMatchObject({
        countType: 'imageCountMoreThan',
        countNumber: 10,
      });
    });

    test('keeps every log as long as it says', () => {
      const groups = listResources(templates, 'AWS::Logs::LogGroup');
      expect(new Set(groups.map(({ Properties }) => Properties.RetentionInDays))).toEqual(
        new Set([environment.ops.logDays]),
      );
    });
  });
}
