/** A place to run in: everything that distinguishes it from another one. Values are in `environments.ts` alone. */
export interface Environment {
  /** Begins the name of every stack. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly network: NetworkSettings;
  /** Absent: plain HTTP under the load balancer's own name, for development. */
  readonly dns?: DnsSettings;
  readonly data: DataSettings;
  readonly identity: IdentitySettings;
  readonly service: ServiceSettings;
  readonly edge: EdgeSettings;
  readonly ops: OpsSettings;
  readonly pipeline: PipelineSettings;
}

export interface NetworkSettings {
  /** Apart from that of any network it may once be connected to. */
  readonly cidr: string;
  /** By name, so that a synthesis asks nobody; their number is that of the subnets of each kind. */
  readonly availabilityZones: readonly string[];
  /** One is cheaper; one for each zone outlives a zone. */
  readonly natGateways: number;
}

export interface DnsSettings {
  readonly hostedZoneId: string;
  readonly zoneName: string;
  /** The API's name, below `zoneName`. */
  readonly apiHost: string;
  /** For `apiHost`, in the same region. */
  readonly certificateArn: string;
}

export interface DataSettings {
  readonly engine: 'rds-mysql' | 'aurora-mysql';
  /** Like `t4g.micro`. */
  readonly instanceType: string;
  /** A standby in another zone; Aurora has one whenever it has a reader. */
  readonly multiAz: boolean;
  readonly storageGb: number;
  /** Storage grows by itself up to here. */
  readonly maxStorageGb: number;
  /** Read replicas. */
  readonly readers: number;
  readonly backupDays: number;
  /** Refuses deletion of the database, its bucket and its keys, and of the stacks that hold them. */
  readonly deletionProtection: boolean;
  /** Daily copies in a vault of their own, beside the database's own backups. */
  readonly awsBackup: boolean;
  /** What several tasks share their limits and caches by. */
  readonly cache: 'none' | 'valkey';
}

export interface IdentitySettings {
  /** Whether people need a second factor. */
  readonly mfa: 'optional' | 'required';
}

export interface ServiceSettings {
  /** 1024 is one virtual CPU. */
  readonly cpu: number;
  readonly memoryMb: number;
  /** Graviton: cheaper; the image must be built on it. */
  readonly arm: boolean;
  /** On capacity that may be taken away at two minutes' notice: cheaper by two thirds. */
  readonly spot: boolean;
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Percent of the reserved CPU and memory that scaling keeps to. */
  readonly cpuTarget: number;
  readonly memoryTarget: number;
  /** Requests per minute and task that scaling keeps to. */
  readonly requestTarget: number;
  /** How long the old version stays up after the new one got the traffic. */
  readonly bakeMinutes: number;
  /** When nobody is there, as schedules in UTC. */
  readonly offHours?: { readonly stopAt: string; readonly startAt: string };
  /** More variables for the server (README.md, "Configure it"); secrets are no variables. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface EdgeSettings {
  readonly waf: boolean;
  /** Requests per address. */
  readonly rateLimitPer5Min: number;
}

export interface OpsSettings {
  readonly logDays: number;
  readonly alarmEmails: readonly string[];
  /** Asks the API what a client would, every five minutes. */
  readonly canary: boolean;
  readonly containerInsights: boolean;
}

export interface PipelineSettings {
  readonly owner: string;
  readonly repo: string;
  /** A push to it is a deployment. */
  readonly branch: string;
  /** Somebody looks before it is deployed. */
  readonly manualApproval: boolean;
}
