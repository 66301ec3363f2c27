import type { ArchSpec } from '../../arch/index.js';
import { isObjective, type Objective } from '../../mapping/index.js';
import type { Mode } from '../../performance/index.js';
import type { PrecisionChoice } from '../../precision/index.js';
import { buildNetwork, withBatch, type Network } from '../../workload/index.js';
import { ByLevels } from './by-levels.js';
import type { DesignPoint } from './point.js';
import { MachineReader } from './machine-reader.js';
import { MachineVariants } from './machine-with.js';
import type { JsonObject, JsonValue } from './json-value.js';
import type { PreparedStudy } from './prepared-study.js';
import { isQuestionField } from './question-fields.js';

/** In messages of a point's error: the name of the machine is not among what its answer depends on. */
const POINT = 'point';

/** What is asked of a machine: the networks that run on it, and how. */
export interface RunQuestion {
  readonly workloads: readonly {
    readonly workload: string;
    readonly weight: number;
    readonly choice: PrecisionChoice;
  }[];
  readonly batch: number;
  readonly mode: Mode;
  readonly mappingObjective: Objective;
}

/** What a point asks. */
export interface PointQuestion {
  /** As a machine file would say it; whether it can be built is not looked at yet. */
  readonly machine: JsonObject;
  /** The same object where the same is asked. */
  readonly run: RunQuestion;
}

/** A study with what its points are looked up in. */
export class OpenedStudy {
  readonly study: PreparedStudy;
  /** By axis: the level of each label. */
  readonly #levels: readonly ReadonlyMap<unknown, number>[];
  readonly #machines: MachineVariants;
  readonly #runs: ByLevels<RunQuestion>;
  readonly #reader = new MachineReader(POINT);
  readonly #networks = new Map<string, Network>();

  constructor(study: PreparedStudy) {
    this.study = study;
    this.#machines = new MachineVariants(study.machine, study.axes);
    this.#runs = new ByLevels(study.axes, isQuestionField, (set) => this.#runOf(set));
    this.#levels = study.axes.map(({ levels }) => new Map(levels.map(({ label }, level) => [label, level])));
  }

  /** The level of each axis. */
  levelsOf({ values }: Pick<DesignPoint, 'values'>): number[] {
    return this.study.axes.map(({ name }, at) => {
      const level = this.#levels[at]!.get(values[name]);
      if (level === undefined) throw new Error(`study ${this.study.name}: axis ${name} has no level ${values[name]}`);
      return level;
    });
  }

  question(point: Pick<DesignPoint, 'values'>): PointQuestion {
    const levels = this.levelsOf(point);
    return { machine: this.#machines.at(levels), run: this.#runs.at(levels) };
  }

  /** Names of all sections that a machine of the study may have. */
  get machineSections(): readonly string[] {
    return this.#machines.sections;
  }

  /**
   * The machine of a question.
   * @throws AccelsimError where it cannot be built
   */
  arch(machine: JsonObject): ArchSpec {
    return this.#reader.read({ ...machine, name: POINT });
  }

  /** @throws AccelsimError where the network cannot have that batch */
  network(workload: string, batch: number): Network {
    const key = `${batch} ${workload}`;
    let network = this.#networks.get(key);
    if (network === undefined) {
      const one = buildNetwork(this.study.networks[workload]!, workload);
      this.#networks.set(key, (network = batch === 1 ? one : withBatch(one, batch)));
    }
    return network;
  }

  #runOf(set: Readonly<Record<string, JsonValue>>): RunQuestion {
    const { study } = this;
    const { bits, edgeBits, precision, batch, workload, mode, mappingObjective } = set;
    const workloads = typeof workload === 'string' ? [{ workload, weight: 1 }] : study.workloads;
    const stated = { bits, edgeBits, precision };
    return {
      workloads: workloads.map((one) => ({ ...one, choice: this.#choice(one.workload, stated) })),
      batch: Number(batch ?? study.batch),
      mode: mode === 'throughput' || mode === 'latency' ? mode : study.mode,
      mappingObjective:
        typeof mappingObjective === 'string' && isObjective(mappingObjective)
          ? mappingObjective
          : (study.mappingObjective ?? 'latency'),
    };
  }

  #choice(
    workload: string,
    stated: Readonly<Record<'bits' | 'edgeBits' | 'precision', JsonValue | undefined>>,
  ): PrecisionChoice {
    const { precision, precisionLists } = this.study;
    const kvCache = precision.kvCacheBits === undefined ? {} : { kvCacheBits: precision.kvCacheBits };
    const list = typeof stated.precision === 'string' ? stated.precision : precision.list;
    if (list !== undefined) return { ...precisionLists[list]![workload]!, ...kvCache };
    const edgeBits = stated.edgeBits ?? precision.edgeBits;
    return {
      policy: 'edges',
      bits: Number(stated.precision ?? stated.bits ?? precision.bits),
      edgeBits: edgeBits === 'same' ? edgeBits : Number(edgeBits),
      ...kvCache,
    };
  }
}

const opened = new WeakMap<PreparedStudy, OpenedStudy>();

/** Opens a study once, however often its points are asked for. */
export function openStudy(study: PreparedStudy): OpenedStudy {
  let one = opened.get(study);
  if (one === undefined) opened.set(study, (one = new OpenedStudy(study)));
  return one;
}
