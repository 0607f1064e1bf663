import { beforeAll, describe, expect, test } from '@jest/globals';
import { environments } from '../../infra/environments.js';
import { expectCount, expectResource, listResources, synthesize, type Templates } from './templates.js';

/** Of the network and who may talk to whom. */
export function checkNetwork(): void {
  describe.each(environments)('the network of $name', (environment) => {
    let templates: Templates;
    beforeAll(() => {
      templates = synthesize(environment);
    });

    test('has public, private and isolated subnets in each zone, and as many ways out as it says', () => {
      const { availabilityZones, natGateways } = environment.network;
      const subnets = listResources(templates, 'AWS::EC2::Subnet');
      expect(subnets).toHaveLength(3 * availabilityZones.length);
      expect(new Set(subnets.map(({ Properties }) => Properties.AvailabilityZone))).toEqual(new Set(availabilityZones));
      expect(listResources(templates, 'AWS::EC2::NatGateway')).toHaveLength(natGateways);
      expect(subnets.filter(({ Properties }) => Properties.MapPublicIpOnLaunch === true)).toEqual([]);
    });

    test('logs its traffic, and its default security group lets nobody in or out', () => {
      expectResource(templates, 'Network', 'AWS::EC2::FlowLog', {
        TrafficType: 'ALL',
        LogDestinationType: 'cloud-watch-logs',
      });
      expectCount(templates, 'Network', 'Custom::VpcRestrictDefaultSG', 1);
      expectCount(templates, 'Network', 'AWS::EC2::VPCEndpoint', 1);
    });

    test('lets the world in at the load balancer alone, by HTTP and HTTPS', () => {
      const rules = [
        ...listResources(templates, 'AWS::EC2::SecurityGroup').flatMap(
          ({ Properties }) => Properties.SecurityGroupIngress ?? [],
        ),
        ...listResources(templates, 'AWS::EC2::SecurityGroupIngress').map(({ Properties }) => Properties),
      ];
      const open = rules.filter(({ CidrIp, CidrIpv6 }) => CidrIp === '0.0.0.0/0' || CidrIpv6 !== undefined);
      expect(open.map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual(
        environment.dns
          ? [
              [80, 80],
              [443, 443],
            ]
          : [[80, 80]],
      );
    });

    test('has no security group that lets everything out', () => {
      const groups = listResources(templates, 'AWS::EC2::SecurityGroup');
      const rules = groups.flatMap(({ Properties }) => Properties.SecurityGroupEgress ?? []);
      const open = rules.filter(({ CidrIp, IpProtocol }) => CidrIp === '0.0.0.0/0' && IpProtocol === '-1');
      expect(groups.length).toBeGreaterThanOrEqual(5);
      expect(open).toEqual([]);
    });
  });
}
