import { describe, expect, it } from 'vitest';
import { findingsCharts } from './charts.js';
import { atLeast, worst } from './finding.js';
import { judgeFindings } from './findings.js';
import { percentPoints, spreadOf, type TrainingOutcome } from './outcome.js';
import { findingsToJson, findingsToMarkdown, findingsToText } from './render.js';
import { study } from './study.js';

type Plan = TrainingOutcome['plan'];

const usual: Plan = {
  network: study.network,
  scheme: 'pact',
  bits: 2,
  edgeBits: study.edgeBits,
  seed: 1,
  epochs: 10,
  levelDecay: study.levelDecay,
  startLevel: study.startLevel,
};

/** Levels that fall fast at first: 10, 6, 4, 3, 2.5, ... towards `end`. */
function levels(end: number): Record<string, number>[] {
  return Array.from({ length: 10 }, (_, at) => ({
    conv1: end + (10 - end) / 2 ** (at + 1),
    conv2: end + 1 + (9 - end) / 2 ** (at + 1),
  }));
}

function outcomes(plan: Partial<Plan>, accuracies: readonly number[], end = 2): TrainingOutcome[] {
  return accuracies.map((accuracy, at) => ({
    plan: { ...usual, ...plan, seed: at + 1 },
    accuracy,
    epochs: levels(end).map((clipLevels) => ({ loss: 1, accuracy, clipLevels })),
  }));
}

/** Trainings that show every finding; parts can be replaced. */
function shown(changed: Readonly<Record<string, TrainingOutcome[]>> = {}): TrainingOutcome[] {
  const parts: Record<string, TrainingOutcome[]> = {
    full: outcomes({ scheme: 'full-precision', bits: null }, [0.9, 0.9]),
    pact4: outcomes({ bits: 4 }, [0.894, 0.894]),
    pact2: outcomes({}, [0.8, 0.8]),
    dorefa2: outcomes({ scheme: 'dorefa' }, [0.7, 0.7]),
    edge2: outcomes({ edgeBits: 2 }, [0.5, 0.5]),
    edge4: outcomes({ edgeBits: 4 }, [0.7, 0.7]),
    exact: outcomes({ edgeBits: null }, [0.805, 0.805]),
    decays: study.levelDecays
      .filter((decay) => decay !== study.levelDecay)
      .flatMap((levelDecay) => outcomes({ levelDecay }, [0.79, 0.79])),
    other: outcomes({ bits: 4, startLevel: study.otherStart }, [0.89, 0.89]),
    ...changed,
  };
  return Object.values(parts).flat();
}

function verdictOf(id: string, changed: Readonly<Record<string, TrainingOutcome[]>>): string {
  return judgeFindings(shown(changed)).find((finding) => finding.id === id)!.verdict;
}

describe('statistics', () => {
  it('by hand', () => {
    // 1, 2, 6: mean 3; squares 4 + 1 + 9 = 14, over 2 is 7.
    const { mean, deviation, standardError } = spreadOf([1, 2, 6]);
    expect([mean, deviation, standardError]).toEqual([3, Math.sqrt(7), Math.sqrt(7 / 3)]);
    expect(percentPoints(spreadOf([0.5, 0.52]))).toBe('51.0 ± 1.4');
    expect(percentPoints(spreadOf([0.5]))).toBe('50.0');
    expect(() => spreadOf([])).toThrow('no trainings to compare');
  });

  it('verdicts by hand', () => {
    // Means 0.50 and 0.52; each has a standard error of 0.01, together 0.0141: twice that is 2.8 points.
    const low = spreadOf([0.49, 0.51]);
    const high = spreadOf([0.51, 0.53]);
    expect(atLeast(high, low, 2)).toBe('reproduced');
    expect(atLeast(low, high, 0)).toBe('within chance');
    expect(atLeast(low, high, 1)).toBe('not reproduced');
    expect(worst(['reproduced', 'not reproduced', 'within chance'])).toBe('not reproduced');
  });
});

describe('findings', () => {
  it('are reproduced where trainings show them', () => {
    expect(judgeFindings(shown()).map(({ id, verdict }) => [id, verdict])).toEqual(
      ['four-bits', 'pact-beats-dorefa', 'levels-settle', 'edges', 'level-decay'].map((id) => [id, 'reproduced']),
    );
  });

  it.each([
    ['four-bits', { pact4: outcomes({ bits: 4 }, [0.885, 0.885]) }],
    ['pact-beats-dorefa', { dorefa2: outcomes({ scheme: 'dorefa' }, [0.81, 0.81]) }],
    ['levels-settle', { pact4: outcomes({ bits: 4 }, [0.895, 0.895], 10.5) }],
    ['edges', { edge4: outcomes({ edgeBits: 4 }, [0.85, 0.85]) }],
    ['edges', { exact: outcomes({ edgeBits: null }, [0.82, 0.82]) }],
    ['edges', { edge2: outcomes({ edgeBits: 2 }, [0.75, 0.75]) }],
    ['level-decay', { decays: [1e-4, 1e-3, 1e-1].flatMap((levelDecay) => outcomes({ levelDecay }, [0.77, 0.77])) }],
  ])('are not where they do not: %s', (id, changed) => {
    expect(verdictOf(id, changed)).toBe('not reproduced');
  });

  it('about levels ask for rest and for layers of their own', () => {
    const moving = outcomes({ bits: 4 }, [0.9, 0.9]).map((outcome) => ({
      ...outcome,
      epochs: outcome.epochs.map((epoch, at) => ({
        ...epoch,
        clipLevels: { conv1: 9 - at * 0.5, conv2: 8 - at * 0.5 },
      })),
    }));
    expect(verdictOf('levels-settle', { pact4: moving })).toBe('not reproduced');
    const alike = outcomes({ bits: 4 }, [0.9, 0.9]).map((outcome, at) => ({
      ...outcome,
      epochs: outcome.epochs.map((epoch) => ({ ...epoch, clipLevels: { conv1: 2 + at, conv2: 2.1 + at } })),
    }));
    expect(verdictOf('levels-settle', { pact4: alike })).toBe('not reproduced');
  });
});

describe('the report', () => {
  const all = shown();
  const report = { findings: judgeFindings(all), outcomes: all, conditions: ['images: few'] };

  it('says figures and verdicts in every form', () => {
    const markdown = findingsToMarkdown(report, [{ title: 'A chart', file: 'a.png' }]);
    // A terminal's lines break anywhere.
    for (const text of [markdown, findingsToText(report)].map((lines) => lines.replaceAll(/\s+/g, ' '))) {
      expect(text).toContain('full precision 90.0 ± 0.0 %, PACT at 4 bits 89.4 ± 0.0 %');
      expect(text).toContain('reproduced');
      expect(text).not.toContain('not reproduced');
    }
    expect(markdown).toContain('- images: few');
    expect(markdown).toContain('![A chart](a.png)');
    const value = JSON.parse(findingsToJson(report)) as { findings: { id: string }[]; trainings: unknown[] };
    expect(value.findings[0]!.id).toBe('four-bits');
    expect(value.trainings).toEqual(JSON.parse(JSON.stringify(all)));
  });

  it('draws plain values with titles and units', () => {
    for (const { drawing, title } of findingsCharts(all)) {
      expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing);
      expect(title).not.toBe('');
      expect(JSON.stringify(drawing.configuration.options)).toMatch(/\((%|bits|epochs)/);
    }
  });

  it('shows the whole of each spread', () => {
    const wide = [...shown(), ...outcomes({ scheme: 'dorefa', bits: 4 }, [0.2, 0.9])];
    const [accuracy] = findingsCharts(wide).map(({ drawing }) => drawing.configuration);
    // Mean 55, deviation 35 x sqrt 2 = 49.5: from 5.5 up to 100 at most, as no more can be right.
    const { y } = (accuracy!.options as { scales: { y: { suggestedMin: number; suggestedMax: number } } }).scales;
    expect(y.suggestedMin).toBeCloseTo(5.5, 1);
    expect(y.suggestedMax).toBe(100);
  });

  it('draws what was measured', () => {
    const [accuracy, levelChart, edges] = findingsCharts(all).map(({ drawing }) => drawing.configuration.data);
    const pact = accuracy!.datasets.find(({ label }) => label === 'pact');
    expect(accuracy!.labels).toEqual(['4 bits', '2 bits']);
    expect((pact!['data'] as number[]).map(Math.round)).toEqual([89, 80]);
    // Started at 10, and ten passes.
    expect((levelChart!.datasets[0]!['data'] as number[])[0]).toBe(10);
    expect(levelChart!.labels).toHaveLength(11);
    expect((edges!.datasets[0]!['data'] as number[]).map(Math.round)).toEqual([50, 70, 80, 81]);
  });
});
