import { DescribeTasksCommand, ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { type HookDetails, handler } from '../../infra/lambda/migration-hook/handler.js';

const ecs = mockClient(ECSClient);
const hookDetails: HookDetails = {
  cluster: 'arn:cluster',
  taskDefinition: 'arn:migrate:7',
  subnets: ['subnet-a', 'subnet-b'],
  securityGroups: ['sg-a'],
};
const started = { ...hookDetails, task: 'arn:task' };
const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeEach(() => {
  ecs.reset();
});
afterEach(() => {
  stderr.mockClear();
});

/** The next call finds the task like this. */
function answerTask(task: object): void {
  ecs.on(DescribeTasksCommand, { cluster: 'arn:cluster', tasks: ['arn:task'] }).resolves({ tasks: [task] });
}

describe('the migration hook', () => {
  test('starts the migration of the new version, in the private network, and asks to be called again', async () => {
    ecs.on(RunTaskCommand).resolves({ tasks: [{ taskArn: 'arn:task' }] });
    const answer = await handler({ executionId: 'deployment-1', hookDetails });
    expect(answer).toEqual({ hookStatus: 'IN_PROGRESS', callBackDelay: 15, hookDetails: started });
    expect(ecs.commandCalls(RunTaskCommand)[0]?.args[0].input).toMatchObject({
      cluster: 'arn:cluster',
      taskDefinition: 'arn:migrate:7',
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-a', 'subnet-b'],
          securityGroups: ['sg-a'],
          assignPublicIp: 'DISABLED',
        },
      },
    });
  });

  test('starts one migration for one deployment, however often it is asked', async () => {
    ecs.on(RunTaskCommand).resolves({ tasks: [{ taskArn: 'arn:task' }] });
    for (const executionId of ['deployment-1', 'deployment-1', 'deployment-2']) {
      await handler({ executionId, hookDetails });
    }
    const tokens = ecs.commandCalls(RunTaskCommand).map((call) => call.args[0].input.clientToken ?? '');
    expect(tokens.every((token) => /^[0-9a-f]{1,64}$/.test(token))).toBe(true);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });

  test.each(['PROVISIONING', 'PENDING', 'RUNNING', 'DEPROVISIONING'])('waits while it is %s', async (lastStatus) => {
    answerTask({ lastStatus });
    const answer = await handler({ executionId: 'deployment-1', hookDetails: started });
    expect(answer).toEqual({ hookStatus: 'IN_PROGRESS', callBackDelay: 15, hookDetails: started });
    expect(ecs.commandCalls(RunTaskCommand)).toHaveLength(0);
  });

  test('lets the deployment go on after a migration that ended with 0', async () => {
    answerTask({ lastStatus: 'STOPPED', containers: [{ name: 'server', exitCode: 0 }] });
    expect(await handler({ executionId: 'deployment-1', hookDetails: started })).toEqual({ hookStatus: 'SUCCEEDED' });
  });

  test.each([
    ['ended with 1', { containers: [{ name: 'server', exitCode: 1 }] }],
    ['never started', { stoppedReason: 'CannotPullContainerError', containers: [{ name: 'server' }] }],
    ['has no containers', {}],
  ])('undoes the deployment after a migration that %s, and says why in its log', async (_what, task) => {
    answerTask({ lastStatus: 'STOPPED', taskArn: 'arn:task', ...task });
    expect(await handler({ executionId: 'deployment-1', hookDetails: started })).toEqual({ hookStatus: 'FAILED' });
    expect(stderr).toHaveBeenCalledWith(
      expect.stringMatching(/^\{"msg":"migration failed","taskArn":"arn:task".*\}\n$/),
    );
  });

  test('fails, and with it the deployment, when the migration cannot be started or found', async () => {
    ecs.on(RunTaskCommand).resolves({ tasks: [], failures: [{ reason: 'RESOURCE:MEMORY' }] });
    ecs.on(DescribeTasksCommand).resolves({ tasks: [], failures: [{ reason: 'MISSING' }] });
    await expect(handler({ executionId: 'deployment-1', hookDetails })).rejects.toThrow('RESOURCE:MEMORY');
    await expect(handler({ executionId: 'deployment-1', hookDetails: started })).rejects.toThrow('MISSING');
  });
});
