import { AccelsimError, show, type Issue } from '../../errors.js';
import { formatPath, readDocument, readValue, type JsonPath, type TextPosition } from '../../json/index.js';
import { BASELINE_BITS } from '../../simulate/index.js';
import { DEFAULT_EDGE_BITS } from '../../precision/index.js';
import { axisOf } from './axis-levels.js';
import { checkAxes } from './check-axes.js';
import { parseConstraint } from './constraints.js';
import type { PreparedStudy } from './prepared-study.js';
import type { StudyAxis } from './study-axis.js';
import { studySchema, type StudyFile } from './schema.js';

/** A study as its file says it: machines, networks and lists are still names or files. */
export type Study = Omit<PreparedStudy, 'machine' | 'networks' | 'precisionLists'> & { readonly machine: string };

/** What a study must be given before it can run: names or files, each once. */
export interface StudyNeeds {
  readonly machine: string;
  readonly workloads: readonly string[];
  readonly precisionLists: readonly string[];
}

/**
 * Reads a study file.
 * @throws AccelsimError with every issue of the text, each with its line
 */
export function readStudy(text: string, source: string): Study {
  const { value, locate } = readDocument(text, source, studySchema);
  return studyOf(value, source, locate);
}

/**
 * Checks a study that is a value already.
 * @throws AccelsimError with every issue
 */
export function readStudyValue(value: unknown, source: string): Study {
  return studyOf(readValue(value, source, studySchema), source, () => ({}));
}

export function studyNeeds({ machine, workloads, precision, axes }: Study): StudyNeeds {
  const set = (field: string): string[] =>
    axes
      .flatMap(({ levels }) => levels.map((level) => level.set[field]))
      .filter((value): value is string => typeof value === 'string');
  return {
    machine,
    workloads: [...new Set([...workloads.map(({ workload }) => workload), ...set('workload')])],
    precisionLists: [...new Set([...(precision.list === undefined ? [] : [precision.list]), ...set('precision')])],
  };
}

function studyOf(file: StudyFile, source: string, locate: (path: JsonPath) => Partial<TextPosition>): Study {
  const issues: Issue[] = [];
  const complain = (path: JsonPath, rule: string, found?: unknown, hint?: string): void => {
    issues.push({
      source,
      path: formatPath(path),
      rule,
      ...(found === undefined ? {} : { found: show(found) }),
      ...(hint === undefined ? {} : { hint }),
      ...locate(path),
    });
  };
  const axes = file.axes.map((axis, at) =>
    axisOf(axis, (path, rule, found, hint) => complain(['axes', at, ...path], rule, found, hint)),
  );
  checkAxes(file, axes, complain);
  if (issues.length > 0) throw new AccelsimError(issues);

  const { bits = BASELINE_BITS, edgeBits = DEFAULT_EDGE_BITS, ...precision } = file.precision;
  return {
    schemaVersion: 1,
    name: file.name,
    description: file.description ?? null,
    machine: file.machine,
    workloads: (file.workloads ?? []).map((one) => (typeof one === 'string' ? { workload: one, weight: 1 } : one)),
    mean: file.mean,
    batch: file.batch,
    mode: file.mode,
    ...(file.mappingObjective === undefined ? {} : { mappingObjective: file.mappingObjective }),
    precision: { bits, edgeBits, ...precision },
    axes: axes.filter((axis): axis is StudyAxis => axis !== undefined),
    constraints: file.constraints.map((text, at) => parseConstraint(text, `${source}: constraints[${at}]`)),
    objectives: file.objectives,
    sampler: file.sampler,
    seed: file.seed,
  };
}
