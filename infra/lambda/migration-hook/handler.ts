import { createHash } from 'node:crypto';
import { DescribeTasksCommand, ECSClient, RunTaskCommand, type Task } from '@aws-sdk/client-ecs';

/** What the service's deployment configuration says, and what the last call added. */
export interface HookDetails {
  readonly cluster: string;
  /** Of the version that is being deployed, by ARN with revision. */
  readonly taskDefinition: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** The migration that was started; absent at the first call. */
  readonly task?: string;
}

/** How ECS calls a hook: again and again, with the same id, until it does not answer IN_PROGRESS any more. */
export interface HookEvent {
  readonly executionId: string;
  readonly hookDetails: HookDetails;
}

/** FAILED and thrown errors roll the deployment back, before any traffic moved. */
export interface HookAnswer {
  readonly hookStatus: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS';
  /** Seconds until the next call. */
  readonly callBackDelay?: number;
  readonly hookDetails?: HookDetails;
}

const callBackDelay = 15;
const client = new ECSClient({});

/** Migrates the database before the new version starts: starts the migration once, then says how it went. */
export async function handler({ executionId, hookDetails }: HookEvent): Promise<HookAnswer> {
  if (hookDetails.task === undefined) {
    const task = await startMigration(executionId, hookDetails);
    return { hookStatus: 'IN_PROGRESS', callBackDelay, hookDetails: { ...hookDetails, task } };
  }
  const task = await describeTask(hookDetails.cluster, hookDetails.task);
  if (task.lastStatus !== 'STOPPED') return { hookStatus: 'IN_PROGRESS', callBackDelay, hookDetails };
  if (task.containers?.every(({ exitCode }) => exitCode === 0)) return { hookStatus: 'SUCCEEDED' };
  report(task);
  return { hookStatus: 'FAILED' };
}

/** The same deployment starts it once, however often it asks. @returns the task's ARN */
async function startMigration(executionId: string, details: HookDetails): Promise<string> {
  const { tasks, failures } = await client.send(
    new RunTaskCommand({
      cluster: details.cluster,
      taskDefinition: details.taskDefinition,
      launchType: 'FARGATE',
      clientToken: createHash('sha256').update(executionId).digest('hex'),
      startedBy: 'migration-hook',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [...details.subnets],
          securityGroups: [...details.securityGroups],
          assignPublicIp: 'DISABLED',
        },
      },
    }),
  );
  const arn = tasks?.[0]?.taskArn;
  if (arn === undefined) throw new Error(`The migration could not be started: ${JSON.stringify(failures)}`);
  return arn;
}

async function describeTask(cluster: string, arn: string): Promise<Task> {
  const { tasks, failures } = await client.send(new DescribeTasksCommand({ cluster, tasks: [arn] }));
  const task = tasks?.[0];
  if (!task) throw new Error(`The migration cannot be found: ${JSON.stringify(failures)}`);
  return task;
}

/** For whoever reads why a deployment was rolled back; the migration's own words are in its log. */
function report({ taskArn, stopCode, stoppedReason, containers }: Task): void {
  const exits = containers?.map(({ name, exitCode, reason }) => ({ name, exitCode, reason }));
  process.stderr.write(`${JSON.stringify({ msg: 'migration failed', taskArn, stopCode, stoppedReason, exits })}\n`);
}
