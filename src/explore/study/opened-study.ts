import type { ArchSpec } from '../../arch/index.js';
import { isObjective, type Objective } from '../../mapping/index.js';
import type { Mode } from '../../performance/index.js';
import type { PrecisionChoice } from '../../precision/index.js';
import { buildNetwork, withBatch, type Network } from '../../workload/index.js';
import type { DesignPoint } from './point.js';
import { MachineReader } from './machine-reader.js';
import { MachineVariants } from './machine-with.js';
import type { JsonObject, JsonValue } from './json-value.js';
import type { PreparedStudy } from './prepared-study.js';

/** In messages of a point's error: the name of the machine is not among what its answer depends on. */
const POINT = 'point';

/** What a point asks: one machine and the networks that run on it. */
export interface PointQuestion {
  /** As a machine file would say it; whether it can be built is not looked at yet. */
  readonly machine: JsonObject;
  readonly workloads: readonly {
    readonly workload: string;
    readonly weight: number;
    readonly choice: PrecisionChoice;
  }[];
  readonly batch: number;
  readonly mode: Mode;
  readonly mappingObjective: Objective;
}

/** A study with what its points are looked up in. */
export class OpenedStudy {
  readonly study: PreparedStudy;
  /** By axis: the level of each label. */
  readonly #levels: readonly ReadonlyMap<unknown, number>[];
  readonly #machines: MachineVariants;
  readonly #reader = new MachineReader(POINT);
  readonly #networks = new Map<string, Network>();

  constructor(study: PreparedStudy) {
    this.study = study;
    this.#machines = new MachineVariants(study.machine);
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
    const { study } = this;
    const set: Record<string, JsonValue> = {};
    for (const [at, level] of this.levelsOf(point).entries()) Object.assign(set, study.axes[at]!.levels[level]!.set);
    const { bits, edgeBits, precision, batch, workload, mode, mappingObjective, ...fields } = set;
    const workloads = typeof workload === 'string' ? [{ workload, weight: 1 }] : study.workloads;
    const stated = { bits, edgeBits, precision };
    return {
      machine: this.#machines.with(fields),
      workloads: workloads.map((one) => ({ ...one, choice: this.#choice(one.workload, stated) })),
      batch: Number(batch ?? study.batch),
      mode: mode === 'throughput' || mode === 'latency' ? mode : study.mode,
      mappingObjective:
        typeof mappingObjective === 'string' && isObjective(mappingObjective)
          ? mappingObjective
          : (study.mappingObjective ?? 'latency'),
    };
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
