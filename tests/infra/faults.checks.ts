import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { environments } from '../../infra/environments.js';
import { type FaultClass, faultClasses } from './faults.js';
import { environmentOf, synthesize, type Templates } from './templates.js';

/** Each fault, as it would be in a template: what is there, and what would be there instead. */
const planted: readonly (readonly [name: keyof typeof faultClasses, from: RegExp, to: string])[] = [
  ['wafRuleWithoutAction', /"Action":\{"Block":\{"CustomResponse":.*?\]\}\}\},/, ''],
  ['wafRuleWithoutAction', /"OverrideAction":\{"None":\{\}\},/, ''],
  ['wrongTargetGroup', /"TargetGroupArn":\{"Fn::ImportValue":"[^"]*"\}/, '"TargetGroupArn":{"Ref":"LoadBalancer"}'],
  ['wrongTargetGroup', /"AlternateTargetGroupArn":\{.*?\}/, '"AlternateTargetGroupArn":{"Ref":"Cluster"}'],
  ['containerPortMismatch', /"ContainerPort":3000,"TargetGroupArn"/, '"ContainerPort":3001,"TargetGroupArn"'],
  ['cacheEngine', /"Engine":"valkey"/, '"Engine":"valkye"'],
  ['badCidr', /"CidrBlock":"10[.]20[.]0[.]0\/16"/, '"CidrBlock":"10.20.0.0/33"'],
  ['badCidr', /"CidrIp":"10[.]20[.]0[.]0\/16"/, '"CidrIp":"10.20.0.0.0/16"'],
  ['codeBuildSize', /"ComputeType":"BUILD_GENERAL1_LARGE"/, '"ComputeType":"BUILD_GENERAL1_HUGE"'],
];

/** What the validation of a synthesis does not see (it passes templates with any of these). */
export function checkFaults(): void {
  describe('faults that no validation sees', () => {
    test.each(
      environments.flatMap((environment) =>
        Object.values<FaultClass>(faultClasses).map((fault) => [fault.says, environment] as const),
      ),
    )('%s is nowhere in $name', (says, environment) => {
      const fault = Object.values<FaultClass>(faultClasses).find((candidate) => candidate.says === says);
      expect(fault?.find(synthesize(environment))).toEqual([]);
    });

    test.each(planted)('%s would be found, if %s were %s', (name, from, to) => {
      const templates = plant(synthesize(environmentOf('prod')), from, to);
      expect(faultClasses[name].find(templates)).not.toEqual([]);
    });
  });
}

/** The same templates with one place changed. */
function plant(templates: Templates, from: RegExp, to: string): Templates {
  let places = 0;
  const changed = new Map(
    [...templates].map(([name, template]) => {
      const text = JSON.stringify(template.toJSON());
      if (places > 0 || !from.test(text)) return [name, template];
      places += 1;
      return [name, Template.fromString(text.replace(from, to))];
    }),
  );
  if (places === 0) throw new Error(`No template has ${from}.`);
  return changed;
}
