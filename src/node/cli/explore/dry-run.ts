import type { PointCount, PreparedStudy, StudyEstimate, StudyFormatName } from '../../../index.js';
import { countPoints, csvField, estimateStudy, samplerOf, SCHEMA_VERSION } from '../../../index.js';
import { missingPoints } from '../../explore/missing.js';
import { FolderStore } from '../../explore/store/folder-store.js';
import { textOf } from '../options.js';
import type { ExploreQuestion } from './options.js';
import { countText, estimateText, leftText, partText } from './words.js';

/** Who asks for nothing but the time can wait for a good answer. */
const THOROUGH_MS = 2000;

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
  /** For what is left. Null where no point could be timed. */
  readonly estimatedSeconds: number | null;
  /** Points of the part that the folder has no answers of; of all there may be, where later points hang on earlier ones. */
  readonly leftPoints: number;
}

/** The answer of `--dry-run` in the form that was asked for, ended by a line feed. Changes nothing. */
export async function dryRunText(
  study: PreparedStudy,
  question: ExploreQuestion,
  options: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { executor, executorOptions, shard, folder } = question;
  const workers = executor.parallel(executorOptions);
  const parts = shard?.count ?? 1;
  const count = countPoints(study);
  const left = await leftOf(study, question);
  const estimate =
    left === 0 ? nothing(count) : estimateStudy(study, () => performance.now(), { thoroughMs: THOROUGH_MS });
  const { milliseconds, sampled } = estimate;
  const share = count.points === 0 ? 0 : (left ?? count.points / parts) / count.points;
  const forecast: Forecast = {
    study: study.name,
    points: count.points,
    exact: count.exact,
    part: shard?.number ?? 1,
    parts,
    workers,
    sampledPoints: sampled,
    estimatedSeconds: milliseconds === null ? null : (milliseconds / 1000 / workers) * share,
    leftPoints: left ?? Math.ceil(count.points / parts),
  };
  const words = [
    `${study.name}: ${countText(count)}${partText(shard)}`,
    ...(left === undefined ? [] : [leftText(left, folder)]),
    ...(left === 0 ? [] : [estimateText(estimate, workers, 1 / share)]),
  ];
  const text = words.map((line) => `${line}\n`).join('');
  const forms: Readonly<Record<StudyFormatName, () => string>> = {
    table: () => text,
    markdown: () => text,
    json: () => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...forecast }, null, 2)}\n`,
    csv: () =>
      [Object.keys(forecast), Object.values(forecast).map(csvField)].map((row) => `${row.join(',')}\n`).join(''),
  };
  return forms[(textOf(options, 'format') ?? 'table') as StudyFormatName]();
}

/**
 * Points that the folder of the question has no answers of; undefined where it has none at all, and where points hang on
 * those that are missing, so that nobody knows how many are left.
 */
async function leftOf(study: PreparedStudy, { folder, shard }: ExploreQuestion): Promise<number | undefined> {
  const store = await FolderStore.look(folder);
  if (store.size === 0) return undefined;
  const missing = await missingPoints(study, store, shard);
  return missing > 0 && samplerOf(study.sampler).learns ? undefined : missing;
}

function nothing(count: PointCount): StudyEstimate {
  return { count, milliseconds: 0, sampled: 0 };
}
