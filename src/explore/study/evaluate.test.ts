import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withEnergies } from '../../../test/properties/energies.test-data.js';
import { readArchValue, type ArchSpec } from '../../arch/index.js';
import { AccelsimError } from '../../errors.js';
import { simulateRun } from '../../simulate/index.js';
import { startSampler } from '../sampler/index.js';
import { evaluatePoints } from './evaluate.js';
import { WORKLOAD_METRIC_NAMES } from './metrics.js';
import { openStudy } from './opened-study.js';
import type { DesignPoint } from './point.js';
import type { PreparedStudy } from './prepared-study.js';
import { smallStudy } from './studies.test-data.js';

function pointsOf(study: PreparedStudy): DesignPoint[] {
  return [...startSampler(study).next([])!];
}

/** Totals of each workload of a point, each simulated by itself; the message where one cannot be. */
function oneByOne(study: PreparedStudy, point: DesignPoint) {
  const opened = openStudy(study);
  const { machine, run } = opened.question(point);
  const { workloads, batch, mode, mappingObjective: objective } = run;
  try {
    return workloads.map(({ workload, choice }) => {
      const arch = readArchValue({ ...Object(machine), name: 'point' }, 'point');
      return simulateRun({ arch, network: opened.network(workload, batch), mode, objective }, choice).totals;
    });
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return error.message;
  }
}

const ANY_AXES = [
  { field: 'bits', values: [16, 8, 2] },
  { field: 'offChip.bandwidthGBps', values: [1, 16, 'inf'] },
  { field: 'scratchpad.capacityKiB', values: [1, 2, 4] },
  { field: 'cores', values: [1, 3] },
  { field: 'batch', values: [1, 2] },
  { field: 'mode', values: ['latency', 'throughput'] },
  { field: 'mappingObjective', values: ['latency', 'off-chip-bytes', 'energy', 'energy-delay'] },
  { field: 'edgeBits', values: ['same', 8] },
  { fields: ['array.rows', 'array.columns'], values: [2, 4] },
  { field: 'sharedBuffer', values: [null, { capacityKiB: 8 }] },
  { field: 'workload', values: ['tiny', 'dense'] },
  { name: 'mac', levels: { switched: {}, built: { 'mac.kind': 'dedicated', 'mac.designBits': 'run' } } },
];

describe('evaluatePoints', () => {
  it('answers each point as a run by itself does, whatever shares its chunk', () => {
    // One without energies cannot be mapped for them.
    const anyFinish = fc.constantFrom(withEnergies, withEnergies, (arch: ArchSpec) => arch);
    const someAxes = fc.shuffledSubarray(ANY_AXES, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(someAxes, fc.infiniteStream(fc.nat()), anyFinish, (axes, draws, finish) => {
        const own = axes.some((axis) => 'field' in axis && axis.field === 'workload') ? { workloads: undefined } : {};
        const study = smallStudy({ axes, ...(own as object) }, {}, finish);
        const order = pointsOf(study)
          .map((point) => ({ point, rank: draws.next().value }))
          .toSorted((one, other) => one.rank - other.rank)
          .slice(0, 12)
          .map(({ point }) => point);
        for (const [at, answer] of evaluatePoints(study, order).entries()) {
          const alone = oneByOne(study, order[at]!);
          expect(answer).toMatchObject({ index: order[at]!.index, values: order[at]!.values });
          if (typeof alone === 'string') expect(answer).toMatchObject({ metrics: null, feasible: false, error: alone });
          else {
            const [totals] = alone;
            expect(answer.error).toBeNull();
            expect(answer.metrics).toEqual({
              latencyMs: totals!.latencyMs,
              energyMj: totals!.energyMj,
              areaMm2: totals!.areaMm2,
              energyDelayMjMs: totals!.energyMj === null ? null : totals!.energyMj * totals!.latencyMs,
              offChipBytes: totals!.offChipBytes.total,
              inferencesPerSecond: totals!.inferencesPerSecond,
              utilization: totals!.utilization,
              totalCycles: totals!.totalCycles,
              top1Percent: null,
            });
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it("records what cannot be answered as that point's error, and answers the others", () => {
    const study = smallStudy({
      axes: [
        { field: 'scratchpad.capacityKiB', values: [1, 64] },
        { name: 'mac', levels: { even: {}, odd: { 'mac.modeBits': [3] } } },
      ],
      workloads: ['wide', 'tiny'],
    });
    const answers = evaluatePoints(study, pointsOf(study));
    const errorOf = (capacityKiB: number, mac: string): string | null =>
      answers.find(({ values }) => values['scratchpad.capacityKiB'] === capacityKiB && values['mac'] === mac)!.error;
    // 16 bits: 961 weights alone are 1922 bytes.
    expect(errorOf(1, 'even')).toMatch(
      /^point: scratchpad\.capacityKiB: layer blur does not fit: its smallest tiles take \d+ bytes .*found 1024 bytes/,
    );
    expect(errorOf(64, 'odd')).toMatch(/^point: mac\.modeBits\[0\]: must divide referenceBits \(16\)/);
    expect(errorOf(64, 'even')).toBeNull();
    expect(answers.filter(({ metrics }) => metrics !== null).length).toBe(1);
    expect(answers.every(({ error, feasible }) => (error === null) === feasible)).toBe(true);
  });

  it('chooses mappings for what the study or an axis says; without energies, that is the error of those points', () => {
    const mappingObjective = { field: 'mappingObjective', values: ['latency', 'energy', 'energy-delay'] };
    const axes = [{ field: 'scratchpad.capacityKiB', values: [1, 4] }, mappingObjective];
    const answersOf = (finish: (arch: ArchSpec) => ArchSpec) => {
      const study = smallStudy({ axes, workloads: ['tiny', 'dense'] }, {}, finish);
      return evaluatePoints(study, pointsOf(study));
    };
    const figure = (metric: 'latencyMs' | 'energyMj' | 'energyDelayMjMs', objective: string) =>
      answersOf(withEnergies).find(
        ({ values }) => values['scratchpad.capacityKiB'] === 4 && values['mappingObjective'] === objective,
      )!.metrics![metric]!;
    expect(figure('energyMj', 'energy')).toBeLessThan(figure('energyMj', 'latency'));
    expect(figure('latencyMs', 'latency')).toBeLessThan(figure('latencyMs', 'energy'));
    for (const other of ['latency', 'energy'])
      expect(figure('energyDelayMjMs', 'energy-delay')).toBeLessThanOrEqual(figure('energyDelayMjMs', other));

    const blind = answersOf((arch) => arch);
    for (const { values, error } of blind) {
      if (values['mappingObjective'] === 'latency') expect(error).toBeNull();
      else expect(error).toMatch(/^point: energy: objective energy(-delay)? needs the energy of every component: none/);
    }

    const whole = smallStudy({ axes: axes.slice(0, 1), mappingObjective: 'energy' }, {}, withEnergies);
    const byAxis = smallStudy({ axes }, {}, withEnergies);
    const ofAxis = evaluatePoints(byAxis, pointsOf(byAxis)).filter(
      ({ values }) => values['mappingObjective'] === 'energy',
    );
    expect(evaluatePoints(whole, pointsOf(whole)).map(({ metrics }) => metrics)).toEqual(
      ofAxis.map(({ metrics }) => metrics),
    );
  });

  it('by hand: two workloads make one figure', () => {
    const axes = [{ field: 'bits', values: [8] }];
    const alone = (workload: string) =>
      evaluatePoints(smallStudy({ axes, workloads: [workload] }), [{ index: 0, values: { bits: 8 } }])[0]!.metrics!;
    const [tiny, dense] = [alone('tiny'), alone('dense')];
    const both = (mean: 'geometric' | 'arithmetic') =>
      evaluatePoints(
        smallStudy({
          axes,
          mean,
          workloads: [
            { workload: 'tiny', weight: 3 },
            { workload: 'dense', weight: 1 },
          ],
        }),
        [{ index: 0, values: { bits: 8 } }],
      )[0]!.metrics!;
    const geometric = both('geometric');
    expect(geometric.latencyMs).toBeCloseTo((tiny.latencyMs! ** 3 * dense.latencyMs!) ** 0.25, 12);
    expect(geometric.inferencesPerSecond).toBeCloseTo(1000 / geometric.latencyMs!, 6);
    const arithmetic = both('arithmetic');
    expect(arithmetic.latencyMs).toBeCloseTo((3 * tiny.latencyMs! + dense.latencyMs!) / 4, 12);
    // Four inferences in the time of three of one kind and one of the other, not a mean of rates.
    expect(arithmetic.inferencesPerSecond).toBeCloseTo(1000 / arithmetic.latencyMs!, 6);
    // MACs: 8 * 8 * 8 * 27 + 8 * 8 * 8 * 72 + 10 * 512 = 55,808 and 64 * 96 * 2 = 12,288; on 4 x 4 elements with two lanes, 32 a cycle.
    const possible = 32 * (3 * tiny.totalCycles! + dense.totalCycles!);
    expect(arithmetic.utilization).toBeCloseTo((3 * 55_808 + 12_288) / possible, 12);
    expect(arithmetic.areaMm2).toBe(tiny.areaMm2);
  });

  it('keeps the figures of each of several workloads, as it has them alone', () => {
    const axes = [{ field: 'bits', values: [8, 4] }];
    const study = (...workloads: string[]) => smallStudy({ axes, workloads }, {}, withEnergies);
    const answersOf = (...workloads: string[]) => evaluatePoints(study(...workloads), pointsOf(study(...workloads)));
    const [tiny, dense] = [answersOf('tiny'), answersOf('dense')];
    expect(tiny[0]!.metrics).not.toHaveProperty('byWorkload');
    for (const [at, { metrics }] of answersOf('dense', 'tiny').entries()) {
      expect(metrics!.byWorkload).toHaveLength(2);
      expect(Object.keys(metrics!.byWorkload![0]!)).toEqual([...WORKLOAD_METRIC_NAMES]);
      expect(dense[at]!.metrics).toMatchObject(metrics!.byWorkload![0]!);
      expect(tiny[at]!.metrics).toMatchObject(metrics!.byWorkload![1]!);
    }
  });

  it('knows what is published of a network, and nothing between', () => {
    const study = smallStudy({ axes: [{ field: 'bits', values: [16, 4] }] });
    const named = { ...study, networks: { tiny: { ...study.networks['tiny']!, name: 'resnet18' } } };
    // Table 6 of PACT: 69.2 at 4 bits; 16 bits are in no table.
    expect(evaluatePoints(named, pointsOf(named)).map(({ metrics }) => metrics!.top1Percent)).toEqual([null, 69.2]);
  });

  it('holds answers against the constraints', () => {
    const free = smallStudy();
    const latencies = evaluatePoints(free, pointsOf(free)).map(({ metrics }) => metrics!.latencyMs!);
    const middle = latencies.toSorted((a, b) => a - b)[3]!;
    const bound = smallStudy({ constraints: [`latencyMs <= ${middle}`] });
    const answers = evaluatePoints(bound, pointsOf(bound));
    expect(answers.map(({ feasible }) => feasible)).toEqual(latencies.map((latency) => latency <= middle));
  });
});
