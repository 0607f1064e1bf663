import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** When somebody is to be told, and what they should know then. */
export interface AlarmRule {
  readonly id: string;
  readonly description: string;
  readonly metric: IMetric;
  readonly above?: number;
  readonly below?: number;
  /** How many minutes (or periods of the metric) in a row. */
  readonly periods: number;
  /** What silence means; nothing, unless it says so. */
  readonly missing?: TreatMissingData;
}

/** Alarms of one environment, all of which tell the same people, when they begin and when they are over. */
export class Alarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly prefix: string; readonly action: IAlarmAction; readonly rules: readonly AlarmRule[] },
  ) {
    super(scope, id);
    for (const rule of props.rules) {
      const alarm = this.createAlarm(rule, props.prefix);
      alarm.addAlarmAction(props.action);
      alarm.addOkAction(props.action);
    }
  }

  private createAlarm(rule: AlarmRule, prefix: string): Alarm {
    const { above, below = 0 } = rule;
    return new Alarm(this, rule.id, {
      alarmName: `${prefix}-${rule.id}`,
      alarmDescription: rule.description,
      metric: rule.metric,
      threshold: above ?? below,
      comparisonOperator:
        above === undefined ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: rule.periods,
      treatMissingData: rule.missing ?? TreatMissingData.NOT_BREACHING,
    });
  }
}
