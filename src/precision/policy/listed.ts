import type { Issue } from '../../errors.js';
import { AccelsimError, show } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import { hasWeights } from '../../workload/network.js';
import type { Layer, Network } from '../../workload/network.js';
import { explainMiss, namesOne, selectLayers } from '../select/index.js';
import type { LayerSelection, Selected } from '../select/index.js';
import { STATED_FIELDS, statedIssues } from '../stated.js';
import type { StatedBits } from '../stated.js';
import type { PrecisionPolicy } from './policy.js';
import { resolveBits } from './resolve-bits.js';

/** One statement of a file about some layers. */
export interface PrecisionEntry {
  readonly select: LayerSelection;
  /** Of the same field of the same layer the last entry holds. */
  readonly bits: StatedBits;
  /** What the file calls it, and where that stands, for messages and for name maps. */
  readonly key: string;
  readonly path: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface ListedChoice {
  readonly policy: 'listed';
  /** Where the list came from, for messages. */
  readonly source: string;
  /** The only networks it is for, by name; any where left out. */
  readonly workloads?: readonly string[] | undefined;
  /** Of whatever no entry states. */
  readonly default?: StatedBits | undefined;
  readonly entries: readonly PrecisionEntry[];
  /** Of keys and values that attention keeps from step to step; as any other tensor where left out. */
  readonly kvCacheBits?: number | undefined;
  /** See `Precision.notes`. */
  readonly notes?: readonly string[] | undefined;
}

/** A suggestion costs a look at every name, so a list full of wrong names gets only the first ones. */
const MAX_SUGGESTIONS = 20;

/** A list gives layers their widths; entries that meet no layer, and layers that no entry meets, are refused. */
export const listed = {
  description: 'a list says of each layer how wide it is',
  want(network, choice) {
    checkWorkload(network, choice);
    const issues: Issue[] = [
      ...(choice.default === undefined ? [] : statedIssues(choice.default, choice.source, 'default')),
      ...choice.entries.flatMap((entry) =>
        statedIssues(entry.bits, choice.source, entry.path).map((issue) => placed(issue, entry)),
      ),
    ];
    if (issues.length > 0) throw new AccelsimError(issues);

    const stated: StatedBits[] = network.layers.map(() => ({}));
    const tensorBits: (number | undefined)[] = network.tensors.map(() => undefined);
    let suggestions = 0;
    const suggest = (name: string, names: readonly string[]): string | undefined => {
      suggestions += 1;
      const nearest = suggestions > MAX_SUGGESTIONS ? undefined : nearestName(name, names);
      return nearest === undefined ? undefined : `did you mean ${nearest}?`;
    };
    for (const entry of choice.entries) {
      const met = meet(network, entry, choice.source, issues);
      if (met === undefined) continue;
      if (met.layers.length === 0 && met.tensors.length === 0) {
        const miss = explainMiss(network, entry.select, suggest);
        issues.push(placed({ source: choice.source, path: entry.path, ...miss }, entry));
      }
      for (const index of met.layers) {
        const layer = network.layers[index]!;
        if (namesOne(entry.select)) issues.push(...needlessWeights(layer, entry, choice.source));
        stated[index] = { ...stated[index], ...given(entry.bits) };
      }
      for (const tensor of met.tensors) tensorBits[tensor] = entry.bits.outputBits ?? tensorBits[tensor];
    }
    if (issues.length > 0) throw new AccelsimError(issues);
    const layers = resolveBits(network, stated, tensorBits, choice);
    return { bits: null, edgeBits: null, source: choice.source, layers, notes: choice.notes };
  },
} as const satisfies PrecisionPolicy<ListedChoice>;

function checkWorkload(network: Network, { workloads, source }: ListedChoice): void {
  if (workloads === undefined || workloads.includes(network.name)) return;
  const rule = `is a list for ${workloads.join(' or ')}, not for ${network.name}`;
  const hint = 'where layers have other names, say with --layer-names which is which';
  throw new AccelsimError([{ source, path: '', rule, hint }]);
}

function meet(network: Network, entry: PrecisionEntry, source: string, issues: Issue[]): Selected | undefined {
  try {
    return selectLayers(network, entry.select);
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    for (const { rule } of error.issues)
      issues.push(placed({ source, path: entry.path, rule, found: show(entry.key) }, entry));
    return undefined;
  }
}

/** The fields an entry states; one it leaves out must not undo what an earlier one states. */
function given(bits: StatedBits): StatedBits {
  return Object.fromEntries(
    STATED_FIELDS.filter((field) => bits[field] !== undefined).map((field) => [field, bits[field]]),
  );
}

function needlessWeights(layer: Layer, entry: PrecisionEntry, source: string): Issue[] {
  if (hasWeights(layer)) return [];
  const rule = `must be left out: a layer of kind ${layer.kind} has no weights, and activationBits is the width of all it reads`;
  return (['weightBits', 'weightGroupSize', 'weightScaleBits'] as const)
    .filter((field) => entry.bits[field] !== undefined)
    .map((field) => placed({ source, path: `${entry.path}.${field}`, rule }, entry));
}

function placed(issue: Issue, { line, column }: PrecisionEntry): Issue {
  return line === undefined ? issue : { ...issue, line, column: column ?? 1 };
}
