import type { ArchJson } from '../../arch/index.js';
import type { Objective } from '../../mapping/index.js';
import type { Mode } from '../../performance/index.js';
import type { PolicyChoice } from '../../precision/index.js';
import type { NetworkJson } from '../../workload/index.js';
import type { SamplerSpec } from '../sampler/index.js';
import type { MeanName } from './means.js';
import type { MetricName } from './metrics.js';
import type { Constraint, StudyAxis } from './study-axis.js';

/** Widths of every point whose axes do not set them. */
export interface StudyPrecision {
  readonly bits: number;
  /** Of the first and last layer; `same` for no exception. */
  readonly edgeBits: number | 'same';
  /** Of keys and values that attention keeps; as any other tensor where left out. */
  readonly kvCacheBits?: number | undefined;
  /** Name or file of a list that gives each layer its own, in place of `bits` and `edgeBits`. */
  readonly list?: string | undefined;
}

/** A study with all that its file names read in: plain JSON, and all that whoever answers its points needs. */
export interface PreparedStudy {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly description: string | null;
  /** Before axes change it. */
  readonly machine: ArchJson;
  /** Run on every machine and combined, unless an axis says which. `workload` is a key of `networks`. */
  readonly workloads: readonly { readonly workload: string; readonly weight: number }[];
  /** For one sample, by what the study file calls them; those of axes too. */
  readonly networks: Readonly<Record<string, NetworkJson>>;
  readonly mean: MeanName;
  readonly batch: number;
  readonly mode: Mode;
  /** What mappings and residency are chosen for; the fewest cycles where left out. */
  readonly mappingObjective?: Objective | undefined;
  readonly precision: StudyPrecision;
  /** By list, then by workload. */
  readonly precisionLists: Readonly<Record<string, Readonly<Record<string, PolicyChoice>>>>;
  readonly axes: readonly StudyAxis[];
  readonly constraints: readonly Constraint[];
  /** At least one. Which way is better is in the table of metrics. */
  readonly objectives: readonly MetricName[];
  readonly sampler: SamplerSpec;
  readonly seed: number;
}
