import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';
import { EnvironmentStack } from './environment.stack.js';

/** Services that may say something here. */
const publishers = ['cloudwatch.amazonaws.com', 'codestar-notifications.amazonaws.com', 'backup.amazonaws.com'];

/** Where alarms go. Below every other stack, since all of them may have some. */
export class AlertsStack extends EnvironmentStack {
  readonly topic: Topic;
  /** What an alarm does. */
  readonly action: SnsAction;

  constructor(scope: Construct, environment: Environment) {
    super(scope, 'Alerts', environment);
    const masterKey = new Key(this, 'Key', {
      description: 'Alarms on their way to people',
      enableKeyRotation: true,
      removalPolicy: this.removalPolicy,
    });
    this.topic = new Topic(this, 'Topic', { masterKey, enforceSSL: true });
    const principals = publishers.map((name) => new ServicePrincipal(name));
    masterKey.addToResourcePolicy(
      new PolicyStatement({ principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    );
    this.topic.addToResourcePolicy(
      new PolicyStatement({ principals, actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    for (const email of environment.ops.alarmEmails) this.topic.addSubscription(new EmailSubscription(email));
    this.action = new SnsAction(this.topic);
  }
}
