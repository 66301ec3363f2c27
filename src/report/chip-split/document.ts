import { splitGains, type ChipSplitStudy, type SplitGain, type SplitSeries } from '../../explore/index.js';
import type { Block, Document } from '../document.js';
import { bandwidth, bitWidth, grouped, percent, plural, times } from '../figures.js';
import { documentToMarkdown } from '../markdown.js';
import { documentToText } from '../text.js';
import { BEST_LEGEND, bestTable, exactness, shapeText, shareText, splitFacts, splitText } from './facts.js';

/** Less than this is not worth another chip. */
const WORTH = 1.1;

/** The best splits and what they gain, for a terminal. */
export function chipSplitToText(study: ChipSplitStudy): string {
  return documentToText(shortDocument(study));
}

/** The same as Markdown, with every split; each chart is a file beside it, by the bandwidth it draws. */
export function chipSplitToMarkdown(study: ChipSplitStudy, charts: ReadonlyMap<number, string> = new Map()): string {
  const document: Document = [...shortDocument(study), ...everySplit(study), ...limits(study)];
  const images = [...charts].map(
    ([bandwidthGBps, file]) => `![Cycles over the MAC share of area, ${bandwidth(bandwidthGBps)}](${file})\n`,
  );
  const drawn = images.length === 0 ? '' : `\n## Charts\n\n${images.join('\n')}`;
  return `# Should the memory have been fixed?\n\n${documentToMarkdown(document)}${drawn}`;
}

function shortDocument(study: ChipSplitStudy): Document {
  return [
    { kind: 'paragraph', text: question(study) },
    ...splitFacts(study),
    { kind: 'heading', text: 'What is found' },
    { kind: 'paragraph', text: inShort(study) },
    { kind: 'list', items: study.series.map(finding) },
    { kind: 'heading', text: 'The best split' },
    { kind: 'table', table: bestTable(study.series) },
    { kind: 'paragraph', text: `${BEST_LEGEND} ${exactness(study)}` },
    ...gainBlocks(study),
  ];
}

function question({ arch }: ChipSplitStudy): string {
  return (
    `The machine ${arch.name} has so much silicon for MACs and so much for memory at every precision, as the machine of PACT's study ` +
    '(arXiv:1805.06085, section 6) has. How would it spend both together, were it built for one width?'
  );
}

function inShort({ series }: ChipSplitStudy): string {
  const most = series.reduce((best, one) => (one.speedup.value > best.speedup.value ? one : best));
  const worth = series.filter(({ speedup }) => speedup.value >= WORTH);
  const shares = series.map(({ best }) => best.macFraction);
  const [least, largest] = [percent(Math.min(...shares)), percent(Math.max(...shares))];
  const lies = least === largest ? `is ${least}` : `lies between ${least} and ${largest}`;
  return (
    `A memory that is the same at every width costs at most ${percent(1 - 1 / most.speedup.value)} of the time: splitting ` +
    `anew gains ${times(most.speedup.value)} at ${bitWidth(most.bits)} and ${bandwidth(most.bandwidthGBps)}; ` +
    `of ${plural(series.length, 'case')} ${worth.length} gain ${times(WORTH)} or more. The share of MACs that is best ` +
    `${lies}, where the machine has ${percent(series[0]!.standing.macFraction)}.`
  );
}

function finding({ bits, bandwidthGBps, best, standing, speedup }: SplitSeries): string {
  const where = `${bitWidth(bits)}, ${bandwidth(bandwidthGBps)}`;
  if (best.totalCycles === standing.totalCycles)
    return `${where}: the machine as it stands is the fastest of the grid, with ${shareText(best)} for MACs.`;
  const { peak, utilization, memoryRelief } = speedup.factors;
  return (
    `${where}: ${times(speedup.value)} with ${shareText(best)} for MACs = ${times(peak)} peak x ${times(utilization)} ` +
    `utilization x ${times(memoryRelief)} memory relief.`
  );
}

function gainBlocks(study: ChipSplitStudy): Document {
  const gains = splitGains(study);
  if (gains.length === 0) return [];
  return [
    { kind: 'heading', text: `Speedup over ${bitWidth(study.baselineBits)}` },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'precision', align: 'left' },
          { header: 'bandwidth', align: 'left' },
          { header: 'ratio of\npeaks', align: 'right' },
          { header: 'as it\nstands', align: 'right' },
          { header: `best split at\n${bitWidth(study.baselineBits)} kept`, align: 'right' },
          { header: 'each its\nbest split', align: 'right' },
        ],
        rows: gains.map(({ bits, bandwidthGBps, peak, standing, kept, own }) => [
          bitWidth(bits),
          bandwidth(bandwidthGBps),
          times(peak),
          times(standing),
          kept === null ? '-' : times(kept),
          times(own),
        ]),
      },
    },
    { kind: 'paragraph', text: whatGainsSay(gains) },
  ];
}

function whatGainsSay(gains: readonly SplitGain[]): string {
  const range = (changes: readonly number[]) =>
    [...new Set([Math.min(...changes), Math.max(...changes)].map((change) => percent(change - 1)))].join(' to ');
  const kept = gains.flatMap((gain) => (gain.kept === null ? [] : [gain.kept / gain.standing]));
  const keeping =
    kept.length === 0 ? '' : ` One chip for all widths, split as is best for the widest, changes it by ${range(kept)}.`;
  return (
    'A chip of its own for each width, split as is best for it, changes the speedup over the wider one by ' +
    `${range(gains.map(({ standing, own }) => own / standing))}.${keeping} ${linearity(gains)}`
  );
}

/** Whether what is beyond the ratio of peaks hangs on the memory being fixed. */
function linearity(gains: readonly SplitGain[]): string {
  const above = (of: (gain: SplitGain) => number | null) => gains.filter((gain) => (of(gain) ?? 0) > gain.peak).length;
  return (
    `Above the ratio of peaks are ${above(({ standing }) => standing)} of ${plural(gains.length, 'speedup')} as it stands, ` +
    `${above(({ kept }) => kept)} with one chip for all, ${above(({ own }) => own)} with a chip for each.`
  );
}

/** By bandwidth: a row for each array, a column of cycles for each width. */
function everySplit({ series }: ChipSplitStudy): Document {
  const bandwidthsGBps = [...new Set(series.map(({ bandwidthGBps }) => bandwidthGBps))];
  return bandwidthsGBps.flatMap((bandwidthGBps): Block[] => {
    const own = series.filter((one) => one.bandwidthGBps === bandwidthGBps);
    return [
      { kind: 'heading', text: `Every split, ${bandwidth(bandwidthGBps)}` },
      {
        kind: 'table',
        table: {
          columns: [
            { header: 'rows x\ncolumns', align: 'right' },
            { header: 'scratchpad\nKiB per core', align: 'right' },
            { header: 'MAC share\n%', align: 'right' },
            ...own.map(({ bits }) => ({ header: `${bitWidth(bits)}\ncycles`, align: 'right' as const })),
          ],
          rows: splitRows(own),
        },
      },
    ];
  });
}

function splitRows(series: readonly SplitSeries[]): string[][] {
  const splits = new Map<string, SplitSeries['best']>();
  for (const { points } of series) for (const point of points) splits.set(splitText(point), point);
  return [...splits.values()]
    .toSorted((a, b) => a.macFraction - b.macFraction)
    .map((split) => [
      shapeText(split),
      grouped(split.capacityKiB),
      (100 * split.macFraction).toFixed(1),
      ...series.map(({ points, best }) => {
        const point = points.find((one) => splitText(one) === splitText(split));
        if (point === undefined) return '-';
        return `${grouped(point.totalCycles)}${point === best ? ' *' : ''}`;
      }),
    ]);
}

function limits({ arch }: ChipSplitStudy): Document {
  return [
    { kind: 'paragraph', text: 'An asterisk marks the best of a column.' },
    { kind: 'heading', text: 'What this leaves out' },
    {
      kind: 'list',
      items: [
        `It hangs on the prices of ${arch.name}: where MiB cost half as much, or MACs twice (flexible ones do), the best share of MACs is another. Areas are those of docs/model.md, section 4.`,
        'Cores are as many as they were: with fewer and larger ones, or more and smaller ones, routers and vector units would change too.',
        'Clock, energy and the width of the way between scratchpad and array do not change with the split; a larger array on the same channel draws more power.',
        'Arrays of other sides than those of the grid (17 x 16) might be faster still; how well a layer fills an array jumps from one to the next.',
      ],
    },
  ];
}
