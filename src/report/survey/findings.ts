import type { Survey, TimePart } from '../../explore/index.js';
import type { Document } from '../document.js';
import { bitWidth, count, given, percent, plural, times } from '../figures.js';
import { partTexts, timePartNames } from './parts.js';
import { memoryBoundFraction, ranked, trafficRatio, type Standing } from './standing.js';

/** A speedup this near to the ratio of peaks is called linear. */
const LINEAR_WITHIN = 0.02;
/** From this part of the time on, a network is said to be bound by memory. */
const MOSTLY_BOUND = 0.5;
/** From this part of the bytes on, they are said to be weights. */
const MOSTLY_WEIGHTS = 0.8;

type Side = 'more' | 'linear' | 'less';

/** What is to be seen, put together from the figures alone, so that it stays true when they change. */
export function findings(survey: Survey): Document {
  return [
    { kind: 'heading', text: 'What is seen' },
    {
      kind: 'list',
      items: [
        ...moreThanLinear(survey),
        ...asLinear(survey),
        ...lessThanLinear(survey),
        ...boundByWeights(survey),
        ...otherWidths(survey),
      ],
    },
  ];
}

function side({ point: { speedup } }: Standing): Side {
  const ratio = speedup.value / speedup.factors.peak;
  if (ratio > 1 + LINEAR_WITHIN) return 'more';
  return ratio < 1 - LINEAR_WITHIN ? 'less' : 'linear';
}

function moreThanLinear(survey: Survey): string[] {
  const all = ranked(survey);
  const gaining = all.filter((standing) => side(standing) === 'more');
  const at = `At ${bitWidth(survey.focusBits)}`;
  if (gaining.length === 0) return [`${at}: ${gainers(all)}.`];
  return [
    `${at}: ${gainers(all)}. Off-chip, ${rangeOf(gaining, trafficRatio, times)} fewer bytes move for them; narrower values ` +
      `alone would make that ${times(survey.baselineBits / survey.focusBits)}.`,
    ...byMainPart(gaining, -1).map(
      ([part, members]) =>
        `More, mainly by ${partTexts[part].name} (${partTexts[part].gain}): ${named(members)}. This saves ` +
        `${rangeOf(members, ({ point }) => -point.parts[part], percent)} of the linear time.`,
    ),
  ];
}

/** `10 of 33 networks gain over 2% more than the ratio of peaks, 4.00x`. */
function gainers(standings: readonly Standing[]): string {
  const gaining = standings.filter((standing) => side(standing) === 'more').length;
  return (
    `${gaining === 0 ? 'none' : count(gaining)} of ${plural(standings.length, 'network')} ${gaining > 1 ? 'gain' : 'gains'} over ` +
    `${hundredths(LINEAR_WITHIN)} more than the ratio of peaks, ${times(peakOf(standings))}`
  );
}

function asLinear(survey: Survey): string[] {
  const members = ranked(survey).filter((standing) => side(standing) === 'linear');
  if (members.length === 0) return [];
  return [`As the ratio of peaks, within ${hundredths(LINEAR_WITHIN)}: ${named(members)}.`];
}

function lessThanLinear(survey: Survey): string[] {
  const losing = ranked(survey).filter((standing) => side(standing) === 'less');
  return byMainPart(losing, 1).map(
    ([part, members]) =>
      `Less, mainly by ${partTexts[part].name} (${partTexts[part].cost}): ${named(members)}. This costs ` +
      `${rangeOf(members, ({ point }) => point.parts[part], percent)} of the linear time.`,
  );
}

/** Being bound by memory is not enough for a gain. */
function boundByWeights(survey: Survey): string[] {
  const members = ranked(survey).filter(
    ({ row: { baseline }, point }) =>
      memoryBoundFraction(baseline) > MOSTLY_BOUND &&
      weightFraction(baseline) > MOSTLY_WEIGHTS &&
      point.parts.memory > 0,
  );
  if (members.length === 0) return [];
  return [
    `Being bound by memory is not enough. These are, for over ${hundredths(MOSTLY_BOUND)} of their time at ` +
      `${bitWidth(survey.baselineBits)}, but over ${hundredths(MOSTLY_WEIGHTS)} of their bytes are weights, which each ` +
      `inference brings once whatever their width: ${named(members)}.`,
  ];
}

function otherWidths(survey: Survey): string[] {
  return survey.bits
    .filter((bits) => bits !== survey.focusBits)
    .map((bits) => {
      const all = ranked(survey, bits);
      const [most, least] = [all.slice(0, 1), all.slice(-1)].map(named);
      if (all.length === 1) return `At ${bitWidth(bits)}: ${gainers(all)}: ${most}.`;
      return `At ${bitWidth(bits)}: ${gainers(all)}. Most gains ${most}, least ${least}.`;
    });
}

/** Networks by the part that makes most of their difference; `sign` 1 for costs, -1 for gains. */
function byMainPart(standings: readonly Standing[], sign: 1 | -1): [TimePart, Standing[]][] {
  return timePartNames
    .map((part): [TimePart, Standing[]] => [
      part,
      standings.filter(({ point }) => mainPart(point.parts, sign) === part),
    ])
    .filter(([, members]) => members.length > 0)
    .sort(([, a], [, b]) => b.length - a.length);
}

function mainPart(parts: Readonly<Record<TimePart, number>>, sign: 1 | -1): TimePart {
  return timePartNames.reduce((main, part) => (sign * parts[part] > sign * parts[main] ? part : main));
}

/** `a 4.52x, b 4.10x`. */
function named(standings: readonly Standing[]): string {
  return standings.map(({ row, point }) => `${row.name} ${times(point.speedup.value)}`).join(', ');
}

/** `3.0% to 21.0%`, or one figure. */
function rangeOf(
  standings: readonly Standing[],
  figure: (standing: Standing) => number,
  write: (value: number) => string,
): string {
  const values = standings.map(figure);
  const [least, most] = [write(Math.min(...values)), write(Math.max(...values))];
  return least === most ? least : `${least} to ${most}`;
}

/** The largest, as a network of nothing but a first and a last layer has no other. */
function peakOf(standings: readonly Standing[]): number {
  return Math.max(...standings.map(({ point }) => point.speedup.factors.peak));
}

function weightFraction({ totals }: Standing['row']['baseline']): number {
  const { weights, total } = totals.offChipBytes;
  return total === 0 ? 0 : weights / total;
}

/** `80%`. */
function hundredths(fraction: number): string {
  return `${given(fraction * 100)}%`;
}
