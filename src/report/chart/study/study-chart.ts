import { varyingAxes, type StudySummary } from '../../../explore/index.js';
import { plural } from '../../figures.js';
import { wrap } from '../../text.js';
import { workloadsText } from '../../explore/question-texts.js';
import type { Drawing } from '../drawing.js';

/** A chart of a finished study. */
export interface StudyChart {
  readonly title: string;
  readonly description: string;
  /** A text says why this study has no such chart. */
  readonly draw: (summary: StudySummary, choices: StudyChartChoices) => Drawing | string;
}

/** What a reader may choose of the charts of a study. */
export interface StudyChartChoices {
  /** The axes of the study that the heat map goes across and up by; left out, the two that move most. */
  readonly heatMap?: HeatMapAxes | undefined;
}

/** Two axes of a study by their names. */
export interface HeatMapAxes {
  readonly across: string;
  readonly up: string;
}

/** `tiny: tiny-net, batch 1, latency, 18 points`: what every chart of a study says below its title. */
export function studyLine({ study, counts }: StudySummary): string {
  const axes = new Set(varyingAxes(study).flatMap(({ fields }) => fields));
  const one = study.workloads.length === 1;
  return [
    `${study.name}: ${workloadsText(study)}${one || axes.has('workload') ? '' : ` (${study.mean} mean)`}`,
    ...(axes.has('batch') ? [] : [`batch ${study.batch}`]),
    ...(axes.has('mode') ? [] : [study.mode]),
    plural(counts.points, 'point'),
  ].join(', ');
}

/** What fits into a line of a chart 1,200 pixels wide. */
const LINE_CHARACTERS = 112;

/** Lines that would be squeezed are broken between words. */
export function inLines(texts: readonly string[]): string[] {
  return texts.flatMap((text) => wrap(text, LINE_CHARACTERS));
}

/** So many of a list, first and last among them, evenly spread: the same whoever asks. */
export function spread<Member>(members: readonly Member[], most: number): Member[] {
  if (members.length <= most) return [...members];
  return Array.from({ length: most }, (_, at) => members[Math.round((at * (members.length - 1)) / (most - 1))]!);
}
