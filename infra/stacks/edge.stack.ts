import { type IVpc, Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationListenerRule,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  ListenerCertificate,
  ListenerCondition,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createLogsBucket } from '../constructs/logs-bucket.js';
import { WebAcl } from '../constructs/web-acl.js';
import { containerPort } from '../container.js';
import type { DnsSettings, Environment } from '../environment.js';
import { EnvironmentStack } from './environment.stack.js';

/** The two sets of tasks of a blue/green deployment, and the rules that ECS moves traffic by. */
export interface Routes {
  readonly blue: ApplicationTargetGroup;
  readonly green: ApplicationTargetGroup;
  readonly production: ApplicationListenerRule;
  readonly test: ApplicationListenerRule;
}

/**
 * What the world reaches: load balancer, certificate, name, firewall. Changed rarely and on purpose, since an update of
 * a listener rule can undo the weights that ECS set during a deployment.
 */
export class EdgeStack extends EnvironmentStack {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly routes: Routes;
  /** Of the tasks: the load balancer reaches them, and they reach what speaks HTTPS. */
  readonly tasks: SecurityGroup;
  readonly webAcl: WebAcl | undefined;
  /** Where clients find the API. */
  readonly url: string;
  private readonly vpc: IVpc;

  constructor(scope: Construct, environment: Environment, vpc: IVpc) {
    super(scope, 'Edge', environment);
    this.vpc = vpc;
    const { dns } = environment;
    const entrance = this.createGroup('Entrance', 'The world, by HTTP and HTTPS');
    this.tasks = this.createTaskGroup(entrance);
    this.loadBalancer = this.createLoadBalancer(entrance);
    if (dns) this.redirectHttp(entrance);
    const listener = this.createListener('Production', dns ? 443 : 80);
    entrance.addIngressRule(Peer.anyIpv4(), Port.tcp(dns ? 443 : 80), 'Clients');
    const testPort = dns ? 8443 : 8080;
    const test = this.createListener('Test', testPort);
    entrance.addIngressRule(
      Peer.ipv4(environment.network.cidr),
      Port.tcp(testPort),
      'Tests of a new version, from within',
    );
    const groups = { blue: this.createTargetGroup('Blue'), green: this.createTargetGroup('Green') };
    const production = this.createRule('ProductionRule', listener, groups);
    this.routes = { ...groups, production, test: this.createRule('TestRule', test, groups) };
    this.webAcl = environment.edge.waf
      ? new WebAcl(this, 'WebAcl', { environment, loadBalancer: this.loadBalancer })
      : undefined;
    this.url = dns ? this.nameIt(dns) : `http://${this.loadBalancer.loadBalancerDnsName}`;
    new CfnOutput(this, 'Url', { value: this.url });
  }

  private createGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, `${id}Group`, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  private createTaskGroup(entrance: SecurityGroup): SecurityGroup {
    const tasks = this.createGroup('Tasks', 'The load balancer, and nobody else');
    tasks.connections.allowFrom(entrance, Port.tcp(containerPort), 'Load balancer');
    tasks.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS, and the keys of identity providers');
    return tasks;
  }

  private createLoadBalancer(securityGroup: SecurityGroup): ApplicationLoadBalancer {
    const loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: this.vpc,
      internetFacing: true,
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      securityGroup,
      dropInvalidHeaderFields: true,
      deletionProtection: this.settings.data.deletionProtection,
      idleTimeout: Duration.seconds(60),
    });
    loadBalancer.logAccessLogs(createLogsBucket(this, this.removalPolicy), 'load-balancer');
    return loadBalancer;
  }

  private redirectHttp(entrance: SecurityGroup): void {
    entrance.addIngressRule(Peer.anyIpv4(), Port.tcp(80), 'Clients that are sent to HTTPS');
    this.loadBalancer.addListener('Redirect', {
      port: 80,
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
  }

  /** HTTPS where there is a certificate. */
  private createListener(id: string, port: number): ApplicationListener {
    const { dns } = this.settings;
    return new ApplicationListener(this, id, {
      loadBalancer: this.loadBalancer,
      port,
      open: false,
      protocol: dns ? ApplicationProtocol.HTTPS : ApplicationProtocol.HTTP,
      ...(dns && {
        certificates: [ListenerCertificate.fromArn(dns.certificateArn)],
        sslPolicy: SslPolicy.TLS13_RES,
      }),
      defaultAction: ListenerAction.fixedResponse(404),
    });
  }

  private createTargetGroup(id: string): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, id, {
      vpc: this.vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: containerPort,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        path: '/ready',
        healthyHttpCodes: '200',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
  }

  /** Everything to blue at first; from then on the weights are ECS's. */
  private createRule(
    id: string,
    listener: ApplicationListener,
    { blue, green }: Pick<Routes, 'blue' | 'green'>,
  ): ApplicationListenerRule {
    return new ApplicationListenerRule(this, id, {
      listener,
      priority: 1,
      conditions: [ListenerCondition.pathPatterns(['/*'])],
      action: ListenerAction.weightedForward([
        { targetGroup: blue, weight: 100 },
        { targetGroup: green, weight: 0 },
      ]),
    });
  }

  private nameIt({ hostedZoneId, zoneName, apiHost }: DnsSettings): string {
    new ARecord(this, 'Name', {
      zone: HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName }),
      recordName: `${apiHost}.`,
      target: RecordTarget.fromAlias(new LoadBalancerTarget(this.loadBalancer)),
    });
    return `https://${apiHost}`;
  }
}
