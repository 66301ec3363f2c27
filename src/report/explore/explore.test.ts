import { describe, expect, it } from 'vitest';
import { tinyResults, tinyStudy } from '../../../test/fixtures/study.js';
import { summariseStudy, type PointResult } from '../../explore/index.js';
import { frontToCsv, studyCsvHeader, studyCsvLine, studyFormats, studyToMarkdown, studyWarnings } from './index.js';

const study = tinyStudy();
const results = tinyResults(study);
const summary = await summariseStudy(study, () => results);

describe('the report of a study', () => {
  it('says what was asked, the front, what is best, what each axis does, and what failed', () => {
    expect(studyFormats.table.write(summary)).toMatchSnapshot();
  });

  it('is Markdown with charts between question and answer', () => {
    const text = studyToMarkdown(summary, [{ title: 'Pareto front', file: 'front.png' }]);
    expect(text.startsWith('# tiny\n\n')).toBe(true);
    const places = ['| objectives |', '![Pareto front](front.png)', '## Pareto front'].map((part) =>
      text.indexOf(part),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(studyFormats.markdown.write(summary)).not.toContain('![');
  });

  it('says what mappings are chosen for where that is not the fewest cycles', async () => {
    const write = async (mappingObjective: 'latency' | 'energy') => {
      const asked = await summariseStudy(tinyStudy({ mappingObjective }), () => results);
      return [studyFormats.table.write(asked), studyFormats.json.write(asked)] as const;
    };
    const [table, json] = await write('energy');
    expect(table).toMatch(/^mappings for +energy: least energy; of equals, fewest cycles$/m);
    expect(JSON.parse(json)).toMatchObject({ study: { mappingObjective: 'energy' } });
    expect((await write('latency'))[0]).toBe(studyFormats.table.write(summary));
  });

  it('says of mode and batch that axes set them, where they do', async () => {
    const axes = [
      { name: 'mode', fields: ['mode'], levels: [{ label: 'latency', set: { mode: 'latency' } }] },
      { name: 'batch', fields: ['batch'], levels: [{ label: 1, set: { batch: 1 } }] },
    ];
    const asked = await summariseStudy(tinyStudy({ axes }), () => []);
    expect(studyFormats.table.write(asked)).toMatch(/^question +mode by axis, batch by axis$/m);
  });

  it('writes out in Markdown what would steer a terminal', async () => {
    const named = await summariseStudy(tinyStudy({ name: 'a\u001b[2Jb' }), () => results);
    expect(studyToMarkdown(named, []).startsWith('# a\\\\u001b\\[2Jb\n')).toBe(true);
  });

  it('shows the first points of a long front and says so', async () => {
    const long = results.flatMap((result, copy) =>
      result.metrics === null
        ? []
        : Array.from({ length: 6 }, (_, at) => ({
            ...result,
            index: 6 * copy + at,
            metrics: { ...result.metrics!, latencyMs: 1, energyMj: 1, areaMm2: 1 },
          })),
    );
    const text = studyFormats.table.write(await summariseStudy(study, () => long));
    expect(text).toContain('90 points on the front, 0 dominated. By latency, the best first. The first 40 are shown');
  });

  it('says that there is no front where nothing is feasible', async () => {
    const tight = tinyStudy({ constraints: [{ metric: 'areaMm2', comparison: '<=', limit: 1 }] });
    const none = await summariseStudy(tight, () => tinyResults(tight));
    expect(studyFormats.table.write(none)).toContain('there is no front');
    expect(studyWarnings(none)).toEqual([
      '3 of 18 points have no answer: the report says why',
      'no point holds every constraint: the front is empty',
    ]);
  });

  it('says that a constraint compares what no machine gives, not that none keeps it', async () => {
    const tight = tinyStudy({ constraints: [{ metric: 'energyMj', comparison: '<=', limit: 1 }] });
    const blind = tinyResults(tight).map(
      (result): PointResult => ({
        ...result,
        feasible: false,
        metrics: result.metrics === null ? null : { ...result.metrics, energyMj: null },
      }),
    );
    const unknown = await summariseStudy(tight, () => blind);
    expect(unknown.counts).toMatchObject({ points: 18, poisoned: 3, unknown: 15, infeasible: 15 });
    expect(studyWarnings(unknown)).toContain(
      '15 of 18 points hold no constraint, as their machine does not give energyMj',
    );
    expect(studyWarnings(unknown).join()).not.toContain('the front is empty');
  });

  it('says which kinds of memory give an area, where the area is what no machine gives', async () => {
    const tight = tinyStudy({ constraints: [{ metric: 'areaMm2', comparison: '<=', limit: 1 }] });
    const blind = tinyResults(tight).map(
      (result): PointResult => ({
        ...result,
        feasible: false,
        metrics: result.metrics === null ? null : { ...result.metrics, areaMm2: null },
      }),
    );
    const unknown = await summariseStudy(tight, () => blind);
    expect(studyWarnings(unknown)).toContain(
      '15 of 18 points hold no constraint, as their machine does not give areaMm2; of memory interfaces, that of DDR4-3200, LPDDR4X, LPDDR5, HBM2, HBM2E is known; state offChip.areaMm2PerChannel for others',
    );
  });

  it('warns of objectives that are unknown', async () => {
    const accurate = tinyStudy({ objectives: ['latencyMs', 'top1Percent'] });
    const unranked = await summariseStudy(accurate, () => results);
    expect(studyWarnings(unranked)).toContain(
      '15 of 15 feasible points lack one of latencyMs, top1Percent: they are on no front',
    );
  });

  it('calls effects of a sample estimates', async () => {
    const sampled = tinyStudy({ sampler: { kind: 'latin-hypercube', points: 18 } as never });
    const text = studyFormats.table.write(await summariseStudy(sampled, () => results));
    expect(text).toContain('sampled by latin-hypercube');
    expect(text).toContain('latin-hypercube, seed 1');
  });

  it('has the figures of each workload at the points of the front, where points combine several', async () => {
    const several = tinyStudy({
      workloads: [
        { workload: 'quick', weight: 1 },
        { workload: 'slow', weight: 1 },
      ],
    });
    // By hand: the geometric mean of L / 2 and 2 L is L; the slow one's accuracy is not known.
    const byWorkload = (metrics: NonNullable<PointResult['metrics']>) =>
      [0.5, 2].map((factor) => ({
        latencyMs: factor * metrics.latencyMs!,
        energyMj: factor * metrics.energyMj!,
        offChipBytes: metrics.offChipBytes,
        utilization: 0.25 * factor,
        totalCycles: factor * metrics.totalCycles!,
        top1Percent: factor === 2 ? null : 70,
      }));
    const own = tinyResults(several).map((result) =>
      result.metrics === null
        ? result
        : { ...result, metrics: { ...result.metrics, byWorkload: byWorkload(result.metrics) } },
    );
    const asked = await summariseStudy(several, () => own);
    const text = studyFormats.table.write(asked);
    expect(text.slice(text.indexOf('The front by workload'), text.indexOf('Best of each'))).toMatchSnapshot();
    expect(studyFormats.table.write(summary)).not.toContain('by workload');

    const header = studyCsvHeader(several).trimEnd().split(',');
    const line = studyCsvLine(several, own.at(-1)!).trimEnd().split(',');
    expect(line).toHaveLength(header.length);
    // 2.125 ms in the mean.
    expect(line[header.indexOf('quick.latencyMs')]).toBe('1.0625');
    expect(line[header.indexOf('slow.latencyMs')]).toBe('4.25');
    expect(line[header.indexOf('slow.top1Percent')]).toBe('');
    // Where there is no answer there is none of any workload.
    const failed = own.find(({ error }) => error !== null)!;
    expect(studyCsvLine(several, failed)).toMatch(/8 GB\/s,{12}\n$/);
  });

  it('tells of several workloads, their mean and their weights', async () => {
    const write = async (weights: readonly number[]): Promise<string> => {
      const workloads = weights.map((weight, at) => ({ workload: `net${at}`, weight }));
      return studyFormats.table.write(await summariseStudy(tinyStudy({ workloads }), () => results));
    };
    expect(await write([1, 1])).toContain('net0 and net1, geometric mean\n');
    expect(await write([2, 1])).toContain('net0 and net1, geometric mean weighted 2 : 1\n');
  });
});

describe('files of a study', () => {
  it('have a row for each point, exact, empty where nothing is known', () => {
    const lines = [studyCsvHeader(study), ...results.map((result) => studyCsvLine(study, result))];
    expect(lines).toHaveLength(19);
    expect(lines[0]).toBe(
      'index,bits,cores,bandwidth,latencyMs,energyMj,areaMm2,energyDelayMjMs,offChipBytes,inferencesPerSecond,' +
        'utilization,totalCycles,top1Percent,feasible,error\n',
    );
    // 4 bits, 4 cores, 64 GB/s: 8 / 4 + 8 / 64 ms.
    expect(lines.at(-1)).toBe('17,4,4,64,2.125,6,40,12.75,4000,470.5882352941176,0.5,2125000,,true,\n');
    expect(lines[5]).toBe('4,16,4,8,,,,,,,,,,false,4 cores need more than 8 GB/s\n');
  });

  it('have the front by its order', () => {
    const [header, ...rows] = frontToCsv(summary).trimEnd().split('\n');
    expect(`${header!}\n`).toBe(studyCsvHeader(study));
    expect(rows.map((row) => row.split(',')[0])).toEqual(['17', '15', '13']);
  });

  it('have everything but the points as JSON', () => {
    const value = JSON.parse(studyFormats.json.write(summary)) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual([
      'schemaVersion',
      'study',
      'counts',
      'front',
      'best',
      'effects',
      'errors',
      'otherErrors',
    ]);
    expect(value).toMatchObject({
      counts: { points: 18 },
      front: [{ index: 17, metrics: { latencyMs: 2.125 } }, { index: 15 }, { index: 13 }],
      best: [{ metric: 'latencyMs', index: 17 }, { index: 13 }, { index: 13 }],
      errors: [{ points: 3, firstIndex: 4 }],
    });
  });
});
