import type { PreparedStudy, StudyFormatName } from '../../../index.js';
import { csvField, estimateStudy, SCHEMA_VERSION } from '../../../index.js';
import { textOf } from '../options.js';
import type { ExploreQuestion } from './options.js';
import { countText, estimateText, partText } from './words.js';

/** What a dry run answers: how many points, and how long the part of them that was asked for may take. */
interface Forecast {
  readonly study: string;
  readonly points: number;
  /** Otherwise there are at most so many points. */
  readonly exact: boolean;
  readonly part: number;
  readonly parts: number;
  readonly workers: number;
  readonly sampledPoints: number;
  /** Null where no point could be timed. */
  readonly estimatedSeconds: number | null;
}

/** The answer of `--dry-run` in the form that was asked for, ended by a line feed. */
export function dryRunText(
  study: PreparedStudy,
  question: ExploreQuestion,
  options: Readonly<Record<string, unknown>>,
): string {
  const { executor, executorOptions, shard } = question;
  const workers = executor.parallel(executorOptions);
  const parts = shard?.count ?? 1;
  const estimate = estimateStudy(study, () => performance.now());
  const { count, milliseconds, sampled } = estimate;
  const forecast: Forecast = {
    study: study.name,
    points: count.points,
    exact: count.exact,
    part: shard?.number ?? 1,
    parts,
    workers,
    sampledPoints: sampled,
    estimatedSeconds: milliseconds === null ? null : milliseconds / 1000 / workers / parts,
  };
  const words = `${study.name}: ${countText(count)}${partText(shard)}\n${estimateText(estimate, workers, parts)}\n`;
  const forms: Readonly<Record<StudyFormatName, () => string>> = {
    table: () => words,
    markdown: () => words,
    json: () => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...forecast }, null, 2)}\n`,
    csv: () =>
      [Object.keys(forecast), Object.values(forecast).map(csvField)].map((row) => `${row.join(',')}\n`).join(''),
  };
  return forms[(textOf(options, 'format') ?? 'table') as StudyFormatName]();
}
