import { describe, expect, test } from '@jest/globals';
import { AwsSolutionsChecks } from 'cdk-nag';
import { environments } from '../../infra/environments.js';
import { acknowledgements, isAbout, listFindings, ReviewedChecks } from '../../infra/nag.js';
import { createApp, environmentOf } from './templates.js';

/** What cdk-nag finds, and what we say to it. */
export function checkNag(): void {
  describe('cdk-nag', () => {
    const app = createApp(...environments);
    app.synth();
    const findings = listFindings(new AwsSolutionsChecks(app).validateScope(app));

    test('finds nothing that is not acknowledged', () => {
      expect(findings.length).toBeGreaterThan(50);
      expect(listFindings(new ReviewedChecks(app).validateScope(app))).toEqual([]);
    });

    test('finds nothing more in an environment of other values: Aurora, x86, Spot, no certificate', () => {
      const { dns: _dns, ...prod } = environmentOf('prod');
      const data = { ...prod.data, engine: 'aurora-mysql', instanceType: 'r6g.large' } as const;
      const variant = createApp({ ...prod, data, service: { ...prod.service, arm: false, spot: true } });
      variant.synth();
      expect(listFindings(new ReviewedChecks(variant).validateScope(variant))).toEqual([]);
    });

    test.each(acknowledgements)('$finding at $path is still there, and has a reason', (row) => {
      expect(findings.some(({ path, finding }) => isAbout(row, path, finding))).toBe(true);
      expect(row.reason.length).toBeGreaterThan(20);
    });
  });
}
