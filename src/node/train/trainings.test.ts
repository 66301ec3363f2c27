import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findings, judgeFindings } from '../../index.js';
import { defaultPlan, type TrainingPlan } from './plan.js';
import { studyPlans, studySizes } from './study-plans.js';
import { runTrainings, type TrainingResult, type TrainingsProgress } from './trainings.js';

const difficulty = { trainingImages: 100, testImages: 50, noise: 0, shift: 0 };
const plans: TrainingPlan[] = [1, 2].map((seed) => ({ ...defaultPlan, epochs: 2, seed }));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accelsim-trainings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(
  list: readonly TrainingPlan[],
  seen: TrainingsProgress[] = [],
  into: string | null = folder,
): TrainingResult[] {
  return runTrainings(list, difficulty, {
    dataFolder: undefined,
    folder: into,
    onProgress: (progress) => seen.push(progress),
  });
}

it('keeps what has ended, and does not do it again', () => {
  const first: TrainingsProgress[] = [];
  const results = run(plans, first);
  expect(first.map(({ done, all }) => [done, all])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect(first[0]!.secondsLeft).toBeGreaterThan(0);
  expect(first[1]!.secondsLeft).toBe(0);
  expect(first[0]!.last).toMatch(/^pact, 4 bits \(edges 8\), seed 1: \d+\.\d %$/);
  // Two results, no checkpoint left.
  expect(readdirSync(folder).filter((file) => file.includes('checkpoint'))).toEqual([]);
  expect(readdirSync(folder)).toHaveLength(2);
  const second: TrainingsProgress[] = [];
  expect(run(plans, second)).toEqual(results);
  // Nothing was trained, so there is no pace to tell.
  expect(second.map(({ secondsLeft }) => secondsLeft)).toEqual([null, null]);
});

it('tells of every pass that is to be done, none of those that are', () => {
  const told: [number, number][] = [];
  const ask = (list: readonly TrainingPlan[]): void => {
    const listeners = { onProgress: () => undefined, onPass: (...pass: [number, number]) => told.push(pass) };
    runTrainings(list, difficulty, { dataFolder: undefined, folder, ...listeners });
  };
  ask(plans.slice(0, 1));
  // Before the first, and after each of two.
  expect(told.splice(0)).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
  ask(plans);
  expect(told.splice(0).at(-1)).toEqual([2, 2]);
  ask(plans);
  expect(told).toEqual([]);
});

it('gives the same without a folder', () => {
  expect(run(plans.slice(0, 1), [], null)).toEqual(run(plans.slice(0, 1)));
});

it('does a result again that was cut off', () => {
  const [result] = run(plans.slice(0, 1));
  writeFileSync(join(folder, readdirSync(folder)[0]!), '{"plan"');
  expect(run(plans.slice(0, 1))).toEqual([result]);
});

it.each(Object.values(studySizes))('a study has what every finding asks: $description', (size) => {
  const list = studyPlans(size);
  const keys = list.map((plan) => JSON.stringify(plan));
  expect(new Set(keys).size).toBe(keys.length);
  const outcomes = list.map((plan) => ({
    plan,
    accuracy: 0.5,
    epochs: [1, 2].map(() => ({ loss: 1, accuracy: 0.5, clipLevels: { conv1: 2 } })),
  }));
  expect(judgeFindings(outcomes)).toHaveLength(findings.length);
  // Without any one of its trainings a finding cannot be judged.
  for (const seedless of new Set(list.map(({ seed: _, ...plan }) => JSON.stringify(plan)))) {
    const rest = outcomes.filter(({ plan: { seed: _, ...plan } }) => JSON.stringify(plan) !== seedless);
    const { scheme, bits } = JSON.parse(seedless) as TrainingPlan;
    const isAsked = !size.comparesAll || scheme === 'full-precision' || (scheme === 'dorefa' && bits === 2);
    if (isAsked) expect(() => judgeFindings(rest), seedless).toThrow('no trainings to compare');
  }
});
