import { superLinearShare, type ScheduleGain, type ScheduleName, type ScheduleStudy } from '../explore/index.js';
import type { Document } from './document.js';
import { bandwidth, bitWidth, percent, times } from './figures.js';

const PLAIN: ScheduleName = 'layer by layer';
const FREE: ScheduleName = 'fusion and prefetch';
const PAPER_BITS = 4;

/** What the gains say, put together from the figures alone. */
export function findings({ gains }: ScheduleStudy): Document {
  const said = gains
    .filter(({ schedule }) => schedule === FREE)
    .map((free) =>
      finding(plainGain(gains, free), gainAt(gains, free, 'prefetch'), gainAt(gains, free, 'fusion'), free),
    );
  return [
    { kind: 'heading', text: 'What is found' },
    { kind: 'paragraph', text: inShort(gains) },
    { kind: 'list', items: said },
  ];
}

/** At the paper's own width. */
function inShort(gains: readonly ScheduleGain[]): string {
  const said = gains
    .filter(({ schedule, bits }) => schedule === FREE && bits === PAPER_BITS)
    .map((free) => {
      const plain = plainGain(gains, free);
      const left = (gain: number) => share(superLinearShare(gain, plain.ofBoth, plain.peak));
      return (
        `at ${bandwidth(free.bandwidthGBps)} ${left(free.ofBoth)} is left of it when both may fuse and prefetch, and ` +
        `${left(free.againstBaseline)} when only the baseline may`
      );
    });
  return `Of what ${bitWidth(PAPER_BITS)} gain beyond the ratio of peaks: ${said.join('; ')}.`;
}

function finding(plain: ScheduleGain, prefetch: ScheduleGain, fusion: ScheduleGain, free: ScheduleGain): string {
  const where = `${bitWidth(plain.bits)}, ${bandwidth(plain.bandwidthGBps)}`;
  const linear = times(plain.peak);
  if (plain.ofBoth <= plain.peak)
    return `${where}: ${times(plain.ofBoth)} layer by layer, below the linear ${linear}; ${times(free.ofBoth)} when both may fuse and prefetch.`;
  const left = (gain: number) => share(superLinearShare(gain, plain.ofBoth, plain.peak));
  return (
    `${where}: ${times(plain.ofBoth)} layer by layer, where ${linear} is linear. When both may fuse and prefetch it is ` +
    `${times(free.ofBoth)}, and ${left(free.ofBoth)} of the gain beyond linear is left; when only the baseline may, ` +
    `${times(free.againstBaseline)} and ${left(free.againstBaseline)}. By itself fusion leaves ${left(fusion.ofBoth)} ` +
    `(both may), prefetching ${left(prefetch.ofBoth)}.`
  );
}

/** The same question with the paper's schedule. */
export function plainGain(gains: readonly ScheduleGain[], like: ScheduleGain): ScheduleGain {
  return gainAt(gains, like, PLAIN);
}

function gainAt(gains: readonly ScheduleGain[], like: ScheduleGain, schedule: ScheduleName): ScheduleGain {
  return gains.find(
    (gain) => gain.schedule === schedule && gain.bits === like.bits && gain.bandwidthGBps === like.bandwidthGBps,
  )!;
}

/** A part of the gain beyond linear; null where there was none. */
export function share(part: number | null): string {
  return part === null ? '-' : part <= 0 ? 'nothing' : percent(part);
}
