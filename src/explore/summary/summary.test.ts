import { describe, expect, it } from 'vitest';
import { tinyResults, tinyStudy } from '../../../test/fixtures/study.js';
import { paretoFront } from '../pareto/index.js';
import type { PointResult } from '../study/point.js';
import { costOf, FrontGatherer, summariseStudy } from './index.js';
import { Span, Thinning } from './thinning.js';

const study = tinyStudy();
const results = tinyResults(study);
const summary = await summariseStudy(study, () => results);

/** One point with the given latency and energy, feasible unless said otherwise. */
function point(index: number, latencyMs: number, energyMj: number | null, feasible = true): PointResult {
  const metrics = { ...results[0]!.metrics!, latencyMs, energyMj };
  return { key: `key-${index}`, index, values: { bits: 16, cores: 1, bandwidth: 8 }, metrics, feasible, error: null };
}

async function* oneByOne(): AsyncGenerator<PointResult> {
  for (const result of results) yield await Promise.resolve(result);
}

describe('the summary of a study', () => {
  it('counts', () => {
    // Four cores behind 8 GB/s at three widths have no answer.
    expect(summary.counts).toEqual({ points: 18, feasible: 15, infeasible: 0, poisoned: 3, unranked: 0, unknown: 0 });
  });

  it('finds the front, the best in the first objective first', () => {
    // 4 bits and 64 GB/s are best in everything; cores trade latency for energy and area.
    expect(summary.front.map(({ values }) => values)).toEqual([
      { bits: 4, cores: 4, bandwidth: 64 },
      { bits: 4, cores: 2, bandwidth: 64 },
      { bits: 4, cores: 1, bandwidth: 64 },
    ]);
  });

  it('names a point of the front for each objective, though others may be equal in it', () => {
    // One core has an area of 10 mm2 at any bits, but only this point is on the front.
    expect(summary.best.map(({ metric, result }) => [metric, result?.values['cores'], result?.values['bits']])).toEqual(
      [
        ['latencyMs', 4, 4],
        ['energyMj', 1, 4],
        ['areaMm2', 1, 4],
      ],
    );
  });

  it('groups errors', () => {
    expect(summary.errors.map(({ message, points, first }) => [message, points, first.index])).toEqual([
      ['4 cores need more than 8 GB/s', 3, 4],
    ]);
    expect(summary.otherErrors).toBe(0);
  });

  it('tells what an axis does by itself', () => {
    const effect = (axis: string, metric: string): (typeof summary.effects)[number] =>
      summary.effects.find((one) => one.axis === axis && one.metric === metric)!;
    // Latency goes with bits: 16 bits take 4 times as long as 4. Area does not.
    expect(effect('bits', 'latencyMs').ratio).toBeCloseTo(4, 9);
    expect(effect('bits', 'areaMm2').ratio).toBeCloseTo(1, 9);
    expect(effect('bits', 'areaMm2').share).toBeCloseTo(0, 9);
    // Nothing but cores makes area: all of its differences.
    expect(effect('cores', 'areaMm2').share).toBeCloseTo(1, 9);
    expect(effect('cores', 'areaMm2').levels.map(({ label, points }) => [label, points])).toEqual([
      [1, 6],
      [2, 6],
      [4, 3],
    ]);
    const means = effect('cores', 'areaMm2').levels.map(({ mean }) => mean!);
    for (const [at, mean] of means.entries()) expect(mean).toBeCloseTo([10, 20, 40][at]!, 9);
  });

  it('has parts that add up to no more than all over a full grid', async () => {
    const full = results.filter(({ values }) => values['cores'] !== 4);
    const { effects } = await summariseStudy(study, () => full);
    // log energy is log bits + log(1 + cores / 8): a sum over axes, without a rest.
    const energy = effects.filter(({ metric }) => metric === 'energyMj').map(({ share }) => share!);
    expect(energy.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('knows no effect of figures that are not above 0', async () => {
    const zero = results.map((result) =>
      result.metrics === null ? result : { ...result, metrics: { ...result.metrics, latencyMs: 0 } },
    );
    const { effects } = await summariseStudy(study, () => zero);
    expect(effects[0]).toMatchObject({ metric: 'latencyMs', ratio: null, share: null });
  });

  it('has the best of the first objective at each place of two axes', () => {
    const pair = summary.pairs.find(({ rows, columns }) => rows === 'cores' && columns === 'bandwidth')!;
    // At 4 bits, the best: 8 / cores + 8 / bandwidth.
    expect(pair.best).toEqual([
      [9, 8.125],
      [5, 4.125],
      [null, 2.125],
    ]);
    expect(summary.pairs).toHaveLength(3);
  });

  it('follows the machines of the front along the bits', () => {
    const { axis, baseline, machines } = summary.byPrecision!;
    expect([axis, baseline]).toEqual(['bits', 16]);
    expect(machines.map(({ values, latencyMs }) => [values, latencyMs])).toEqual([
      [{ cores: 4, bandwidth: 64 }, [8.5, 4.25, 2.125]],
      [{ cores: 2, bandwidth: 64 }, [16.5, 8.25, 4.125]],
      [{ cores: 1, bandwidth: 64 }, [32.5, 16.25, 8.125]],
    ]);
  });

  it('leaves out machines that were not asked at the baseline', async () => {
    const narrow = results.filter(({ values }) => values['bits'] !== 16);
    expect((await summariseStudy(study, () => narrow)).byPrecision!.machines).toEqual([]);
    const [, ...axes] = study.axes;
    expect((await summariseStudy({ ...study, axes }, () => results)).byPrecision).toBeNull();
  });

  it('keeps off the front what breaks a constraint, and what lacks an objective', async () => {
    const two = tinyStudy({ objectives: ['latencyMs', 'energyMj'] });
    const points = [point(0, 1, 1, false), point(1, 2, null), point(2, 3, 3), point(3, 4, 4)];
    const { counts, front, dominated } = await summariseStudy(two, () => points);
    expect(counts).toEqual({ points: 4, feasible: 3, infeasible: 1, poisoned: 0, unranked: 1, unknown: 0 });
    expect(front.map(({ index }) => index)).toEqual([2]);
    expect(dominated).toMatchObject({ all: 1, shown: [{ index: 3 }] });
  });

  it('turns what is to be maximised', async () => {
    const fast = tinyStudy({ objectives: ['inferencesPerSecond'] });
    const { front, pairs } = await summariseStudy(fast, () => results);
    expect(front.map(({ values }) => values)).toEqual([{ bits: 4, cores: 4, bandwidth: 64 }]);
    expect(pairs[0]!.best.flat().every((value) => value !== null && value > 0)).toBe(true);
    expect(costOf('inferencesPerSecond', 5)).toBe(-5);
  });

  it('reads results that come one by one', async () => {
    expect(await summariseStudy(study, oneByOne)).toEqual(summary);
  });

  it('is a plain value', () => {
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  it('of nothing has nothing', async () => {
    const none = await summariseStudy(study, () => []);
    expect([none.counts.points, none.front, none.best[0]!.result, none.dominated.all]).toEqual([0, [], null, 0]);
    expect(none.effects.every(({ ratio }) => ratio === null)).toBe(true);
  });
});

describe('gathering a front', () => {
  it('in batches is the front of all at once', () => {
    const objectives = ['latencyMs', 'energyMj'] as const;
    const gatherer = new FrontGatherer(objectives);
    let state = 7;
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    // Anti-correlated, so that the front is long: three batches and a rest.
    const points = Array.from({ length: 15_000 }, (_, index) => {
      const part = random();
      return point(index, part, 1 - part + 0.001 * random());
    });
    for (const one of points) gatherer.add(one);
    const values = Float64Array.from(points.flatMap(({ metrics }) => objectives.map((metric) => metrics![metric]!)));
    expect(gatherer.front().map(({ index }) => index)).toEqual([...paretoFront(values, 2)]);
  });
});

describe('thinning', () => {
  it('keeps one of points that are close, and all that are apart', () => {
    const spans = [new Span(), new Span()];
    const points = Array.from({ length: 1000 }, (_, index) => point(index, 1 + index / 1e6, 1));
    points.push(point(1000, 100, 100), point(1001, 1, 100));
    for (const { metrics } of points) {
      spans[0]!.add(metrics!.latencyMs!);
      spans[1]!.add(metrics!.energyMj!);
    }
    const thinning = new Thinning(['latencyMs', 'energyMj'], spans);
    for (const one of points) thinning.offer(one);
    expect(thinning.offered).toBe(1002);
    expect(thinning.kept().map(({ index }) => index)).toEqual([0, 1000, 1001]);
  });

  it('goes by ratios where all is above 0', () => {
    const [ratios, differences] = [new Span(), new Span()];
    for (const value of [1, 100]) ratios.add(value);
    for (const value of [0, 100]) differences.add(value);
    expect([ratios.partOf(10), differences.partOf(10)]).toEqual([0.5, 0.1]);
  });
});
