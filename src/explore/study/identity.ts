import type { PrecisionChoice } from '../../precision/index.js';
import { MODEL_VERSION } from '../../simulate/index.js';
import { WORDS } from './machine-fields.js';
import { openStudy, type RunQuestion } from './opened-study.js';
import type { DesignPoint } from './point.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.js';
import type { PreparedStudy } from './prepared-study.js';

/** Makes a short text of a long one, such that no two are alike: SHA-256, where it is to last. */
export type KeyOf = (text: string) => string;

/**
 * All that the answer to a point depends on, and nothing else, as canonical JSON: the version of the model, the machine with the
 * point's values, the networks (as `keyOf` of their text), their weights and mean, widths, batch, mode
 * and what mappings are chosen for. Two studies that meet in a
 * point share its answer; objectives, constraints and the names of axes are none of it.
 */
export function pointIdentity(study: PreparedStudy, point: Pick<DesignPoint, 'values'>, keyOf: KeyOf): string {
  return identityOf(study, networkKeys(study, keyOf))(point);
}

/** The key of each point: `keyOf` its identity. Networks are looked at once, so ask this for many points. */
export function keysOf(study: PreparedStudy, keyOf: KeyOf): (point: Pick<DesignPoint, 'values'>) => string {
  const identity = identityOf(study, networkKeys(study, keyOf));
  return (point) => keyOf(identity(point));
}

function identityOf(
  study: PreparedStudy,
  networks: ReadonlyMap<string, string>,
): (point: Pick<DesignPoint, 'values'>) => string {
  const opened = openStudy(study);
  const machineText = machineTexts(opened.machineSections);
  const runTexts = new Map<RunQuestion, string>();
  return (point) => {
    const { machine, run } = opened.question(point);
    let runText = runTexts.get(run);
    if (runText === undefined) runTexts.set(run, (runText = canonical(runIdentity(study, run, networks))));
    return `{"machine":${machineText(machine)},"question":${runText}}`;
  };
}

function runIdentity(
  study: PreparedStudy,
  { workloads, batch, mode, mappingObjective }: RunQuestion,
  networks: ReadonlyMap<string, string>,
): unknown {
  return {
    model: MODEL_VERSION,
    workloads: workloads.map(({ workload, weight, choice }) => ({
      network: networks.get(workload)!,
      weight: workloads.length === 1 ? 1 : weight,
      precision: widthsOf(choice),
    })),
    mean: workloads.length === 1 ? null : study.mean,
    // What was kept before each of several workloads had its own figures lacks them.
    figures: workloads.length === 1 ? undefined : 'by workload',
    batch,
    mode,
    // Nothing where it is the one there was before it could be chosen.
    mappingObjective: mappingObjective === 'latency' ? undefined : mappingObjective,
  };
}

/** Most sections of a machine are the same object at every point, and written once. */
function machineTexts(sections: readonly string[]): (machine: JsonObject) => string {
  const written = new WeakMap<object, string>();
  const textOf = (section: JsonValue): string => {
    if (!isJsonObject(section)) return canonical(section);
    let text = written.get(section);
    if (text === undefined) written.set(section, (text = canonical(withoutSources(section))));
    return text;
  };
  const names = sections.filter((name) => !WORDS.has(name)).toSorted();
  const starts = names.map((name) => `${JSON.stringify(name)}:`);
  return (machine) => {
    let text = '';
    for (const [at, name] of names.entries()) {
      const section = machine[name];
      if (section !== undefined) text += `${text === '' ? '{' : ','}${starts[at]}${textOf(section)}`;
    }
    return `${text}}`;
  };
}

/** Which file a list came from does not change its widths. */
function widthsOf(choice: PrecisionChoice): unknown {
  const { source: _, notes: _n, ...widths } = { source: '', notes: [], ...choice };
  return widths;
}

/** A network's name stays: published accuracies are looked up by it. */
function networkKeys({ networks }: PreparedStudy, keyOf: KeyOf): Map<string, string> {
  return new Map(
    Object.entries(networks).map(([workload, { $schema: _, description: _d, source: _s, ...network }]) => [
      workload,
      keyOf(canonical(network)),
    ]),
  );
}

function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => field !== 'sources')
      .map(([field, inner]) => [field, withoutSources(inner)]),
  );
}

/** JSON with the fields of every object in the order of their names. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([field, inner]) => `${JSON.stringify(field)}:${canonical(inner)}`)
    .join()}}`;
}
