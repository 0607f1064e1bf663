import { describe, expect, test } from '@jest/globals';
import { AwsSolutionsChecks } from 'cdk-nag';
import { environments } from '../../infra/environments.js';
import { acknowledgements, isAbout, listFindings, ReviewedChecks } from '../../infra/nag.js';
import { createApp } from './templates.js';

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

    test.each(acknowledgements)('$finding at $path is still there, and has a reason', (row) => {
      expect(findings.some(({ path, finding }) => isAbout(row, path, finding))).toBe(true);
      expect(row.reason.length).toBeGreaterThan(20);
    });
  });
}
