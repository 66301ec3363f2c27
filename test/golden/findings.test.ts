import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  findingsCharts,
  findingsToJson,
  findingsToMarkdown,
  judgeFindings,
  type TrainingOutcome,
} from '../../src/index.js';
import { studyPlans, studySizes } from '../../src/node/train/study-plans.js';

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../reports/pact-findings/${file}`, import.meta.url)), 'utf8');
const committed = JSON.parse(read('findings.json')) as { conditions: string[]; trainings: TrainingOutcome[] };
const { conditions, trainings: outcomes } = committed;

/** Trainings take half an hour, so they are not run again here: what is said about them is. */
it('reports/pact-findings says what its trainings show', () => {
  const report = { findings: judgeFindings(outcomes), outcomes, conditions };
  const charts = findingsCharts(outcomes).map(({ name, title }) => ({ title, file: `${name}.png` }));
  expect(findingsToMarkdown(report, charts)).toBe(read('report.md'));
  expect(findingsToJson(report)).toBe(read('findings.json'));
  expect(report.findings.filter(({ isExpected, verdict }) => isExpected && verdict !== 'reproduced')).toEqual([]);
});

it('its trainings are those of the full size', () => {
  expect(outcomes.map(({ plan }) => plan)).toEqual(studyPlans(studySizes.full));
});
