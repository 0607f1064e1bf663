import { beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';
import {
  expectCount,
  expectResource,
  findResource,
  listResources,
  synthesize,
  type Templates,
  templateOf,
} from './templates.js';

/** Of what the world reaches. */
export function checkEdge(): void {
  describe.each(environments)('the edge of $name', (environment) => {
    const { dns, edge } = environment;
    let templates: Templates;
    beforeAll(() => {
      templates = synthesize(environment);
    });

    /** The listener on a port. */
    function listenerOn(port: number) {
      const listeners = listResources(templates, 'AWS::ElasticLoadBalancingV2::Listener');
      return listeners.find(({ Properties }) => Properties.Port === port)?.Properties;
    }

    test('is a load balancer on public subnets that logs and drops what is no header', () => {
      const { Scheme, LoadBalancerAttributes, Subnets } = findResource(
        templates,
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        'Edge',
      ).Properties;
      expect(Scheme).toBe('internet-facing');
      expect(JSON.stringify(Subnets)).not.toMatch(/private|isolated/);
      expect(LoadBalancerAttributes).toEqual(
        expect.arrayContaining([
          { Key: 'access_logs.s3.enabled', Value: 'true' },
          { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
          { Key: 'deletion_protection.enabled', Value: String(environment.data.deletionProtection) },
        ]),
      );
    });

    test('speaks TLS 1.3 and redirects to it where there is a certificate, and HTTP where there is none', () => {
      const main = listenerOn(dns ? 443 : 80);
      expect(main).toMatchObject({ Protocol: dns ? 'HTTPS' : 'HTTP' });
      if (!dns) return;
      expect(main).toMatchObject({
        SslPolicy: expect.stringContaining('TLS13'),
        Certificates: [{ CertificateArn: dns.certificateArn }],
      });
      expect(listenerOn(80)).toMatchObject({
        DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }],
      });
    });

    test('has a blue and a green set of tasks that are asked whether they are ready', () => {
      const groups = listResources(templates, 'AWS::ElasticLoadBalancingV2::TargetGroup');
      expect(groups).toHaveLength(2);
      for (const { Properties } of groups) {
        expect(Properties).toMatchObject({
          Port: 3000,
          TargetType: 'ip',
          HealthCheckPath: '/ready',
          Matcher: { HttpCode: '200' },
        });
      }
    });

    /** ECS moves the weights; a rule that CloudFormation writes again would undo that. So they stay as they are. */
    test('has the two rules of blue and green frozen, untagged, everything to blue', () => {
      const rules = templateOf(templates, 'Edge').findResources('AWS::ElasticLoadBalancingV2::ListenerRule');
      const weights = [expect.objectContaining({ Weight: 100 }), expect.objectContaining({ Weight: 0 })];
      expect(Object.keys(rules).map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['ProductionRule', 'TestRule']);
      for (const rule of Object.values(rules)) {
        expect(rule['Properties']).toEqual({
          ListenerArn: { Ref: expect.stringMatching(/^(Production|Test)/) },
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
          Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: weights } }],
        });
      }
    });

    test('has a firewall where it says, which answers too many requests with 429 and lets long bodies pass', () => {
      expectCount(templates, 'Edge', 'AWS::WAFv2::WebACLAssociation', edge.waf ? 1 : 0);
      if (!edge.waf) return;
      const { Rules } = findResource(templates, 'AWS::WAFv2::WebACL', 'Edge').Properties;
      expect(Rules[0]).toMatchObject({
        Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: edge.rateLimitPer5Min } },
        Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      });
      const groups = Rules.slice(1).map(({ Name }: { Name: string }) => Name.replace('AWSManagedRules', ''));
      expect(groups).toEqual(['AmazonIpReputationList', 'CommonRuleSet', 'KnownBadInputsRuleSet', 'SQLiRuleSet']);
      expect(Rules[2].Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([
        { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
      ]);
    });

    test('has its name in the zone where there is one', () => {
      expectCount(templates, 'Edge', 'AWS::Route53::RecordSet', dns ? 1 : 0);
      if (dns) expectResource(templates, 'Edge', 'AWS::Route53::RecordSet', { Name: `${dns.apiHost}.` });
    });
  });
}
