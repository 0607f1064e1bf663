import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type AlarmRule, Alarms } from '../constructs/alarms.js';
import { createCanary } from '../constructs/canary.js';
import { createDashboard } from '../constructs/dashboard.js';
import { createLogsBucket } from '../constructs/logs-bucket.js';
import { countBlocked, watchCanary, watchDatabase, watchService, watchTraffic } from '../constructs/measures.js';
import { countFaults, countRequests, countUnhealthy, measureLatency } from '../constructs/traffic.js';
import type { Environment } from '../environment.js';
import type { AlertsStack } from './alerts.stack.js';
import type { DataStack } from './data.stack.js';
import type { EdgeStack } from './edge.stack.js';
import { EnvironmentStack } from './environment.stack.js';
import type { ServiceStack } from './service.stack.js';

export interface ObservabilityStackProps {
  readonly alerts: AlertsStack;
  readonly data: DataStack;
  readonly edge: EdgeStack;
  readonly service: ServiceStack;
}

/** Where health checks of Route 53 leave their numbers, wherever they check. */
const route53Region = 'us-east-1';

/** Who watches: dashboard, alarms, and whoever asks the API from outside. */
export class ObservabilityStack extends EnvironmentStack {
  private readonly props: ObservabilityStackProps;

  constructor(scope: Construct, environment: Environment, props: ObservabilityStackProps) {
    super(scope, 'Observability', environment);
    this.props = props;
    new Alarms(this, 'Alarms', {
      prefix: environment.name,
      action: props.alerts.action,
      rules: [
        ...watchService(props.service.service),
        ...watchTraffic(props.edge.routes),
        ...watchDatabase(props.data.database),
        ...this.watchFirewall(),
        ...this.watchFromOutside(),
      ],
    });
    this.createDashboard();
  }

  private watchFirewall(): readonly AlarmRule[] {
    const { webAcl } = this.props.edge;
    if (!webAcl) return [];
    const metric = countBlocked(webAcl.aclName, this.region);
    return [{ id: 'blocked', description: 'The firewall refuses a lot', metric, above: 500, periods: 5 }];
  }

  private watchFromOutside(): readonly AlarmRule[] {
    return [...this.watchByCanary(), ...this.watchName()];
  }

  private watchByCanary(): readonly AlarmRule[] {
    if (!this.settings.ops.canary) return [];
    const canary = createCanary(this, {
      url: this.props.edge.url,
      environmentName: this.settings.name,
      accessLogs: createLogsBucket(this, this.removalPolicy),
      removalPolicy: this.removalPolicy,
    });
    return [watchCanary(canary.metricSuccessPercent({ period: Duration.minutes(5) }))];
  }

  /** The name, the certificate and the way to it, as Route 53 sees them from all over the world. */
  private watchName(): readonly AlarmRule[] {
    const { dns } = this.settings;
    if (!dns) return [];
    const check = new CfnHealthCheck(this, 'HealthCheck', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: dns.apiHost,
        port: 443,
        resourcePath: '/health',
        requestInterval: 30,
        failureThreshold: 3,
        enableSni: true,
      },
      healthCheckTags: [{ key: 'Name', value: `filmgraph-${this.settings.name}` }],
    });
    // An alarm sees only numbers of its own region.
    if (this.settings.region !== route53Region) return [];
    const metric = new Metric({
      namespace: 'AWS/Route53',
      metricName: 'HealthCheckStatus',
      dimensionsMap: { HealthCheckId: check.attrHealthCheckId },
      statistic: 'Minimum',
      period: Duration.minutes(1),
    });
    return [{ id: 'unreachable', description: 'The API’s name leads nowhere', metric, below: 1, periods: 3 }];
  }

  private createDashboard(): void {
    const { edge, data, service } = this.props;
    const { database } = data;
    createDashboard(this, `filmgraph-${this.settings.name}`, [
      {
        heading: 'What clients see',
        graphs: [
          { title: 'Requests a minute', left: [countRequests(edge.routes)] },
          { title: 'Faults (5xx) a minute', left: [countFaults(edge.routes)] },
          { title: 'Slowest hundredth (s)', left: [measureLatency(edge.routes)] },
        ],
      },
      {
        heading: 'Tasks',
        graphs: [
          {
            title: 'CPU and memory (%)',
            left: [service.service.metricCpuUtilization(), service.service.metricMemoryUtilization()],
          },
          { title: 'Tasks that are not ready', left: [countUnhealthy(edge.routes)] },
        ],
      },
      {
        heading: 'Database',
        graphs: [
          { title: 'CPU (%)', left: [database.metricCPUUtilization()] },
          { title: 'Connections', left: [database.metricDatabaseConnections()] },
          { title: 'Free memory', left: [database.metricFreeableMemory()] },
        ],
      },
    ]);
  }
}
