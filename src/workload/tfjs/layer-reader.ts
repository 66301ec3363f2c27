import { show } from '../../errors.js';
import { MAX_SIZE } from '../limits.js';
import type { TensorShape } from '../tensor-shape.js';
import type { TopologyLayer } from './topology.js';
import { isList } from './values.js';

export interface PerAxis {
  readonly rows: number;
  readonly columns: number;
}

/** Says what of a layer cannot be mapped; `field` is one of its config. */
export type Complain = (field: string, rule: string, found?: string) => void;

/** Reads the config of one layer. What is wrong is told once, and stands for 1. */
export class LayerReader {
  readonly #config: Readonly<Record<string, unknown>>;
  readonly #complain: Complain;

  constructor(layer: TopologyLayer, complain: Complain) {
    this.#config = layer.config;
    this.#complain = complain;
  }

  complain(field: string, rule: string, found?: string): void {
    this.#complain(field, rule, found);
  }

  has(field: string): boolean {
    return this.#value(field) !== undefined;
  }

  size(field: string, otherwise?: number): number {
    const value = this.#value(field) ?? otherwise;
    if (isSize(value)) return value;
    this.#complain(field, `must be a whole number from 1 to ${MAX_SIZE}`, show(value));
    return 1;
  }

  word(field: string, otherwise: string): string {
    const value = this.#value(field) ?? otherwise;
    if (typeof value === 'string') return value;
    this.#complain(field, 'must be a word', show(value));
    return otherwise;
  }

  number(field: string): number | undefined {
    const value = this.#value(field);
    return typeof value === 'number' ? value : undefined;
  }

  flag(field: string): boolean {
    return this.#value(field) === true;
  }

  /** `3`, `[3, 3]`, or for a sequence `[3]`. */
  pair(field: string, otherwise?: number | PerAxis): PerAxis {
    const given = this.#value(field);
    if (given === undefined && otherwise !== undefined)
      return typeof otherwise === 'number' ? { rows: otherwise, columns: otherwise } : otherwise;
    const [rows, columns] = isList(given) ? given : [given, given];
    if (isList(given) && given.length === 1 && isSize(rows)) return { rows, columns: 1 };
    if (isSize(rows) && isSize(columns) && (!isList(given) || given.length === 2)) return { rows, columns };
    this.#complain(field, 'must be one or two whole numbers of at least 1', show(given));
    return { rows: 1, columns: 1 };
  }

  /** Zeros of a padding layer: `1`, `[1, 2]` or `[[0, 1], [0, 1]]`. */
  zeros(field: string): {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  } {
    const given = this.#value(field) ?? 1;
    const [rows, columns] = isList(given) ? given : [given, given];
    const [top, bottom] = isList(rows) ? rows : [rows, rows];
    const [left, right] = isList(columns) ? columns : [columns, columns];
    if ([top, bottom, left, right].every((zeros) => zeros === 0 || isSize(zeros)))
      return { top: Number(top), bottom: Number(bottom), left: Number(left), right: Number(right) };
    this.#complain(field, 'must be zeros on each side, 0 or more', show(given));
    return { top: 0, bottom: 0, left: 0, right: 0 };
  }

  /** A shape without its batch, as Keras orders it: rows, columns, channels. */
  shape(field: string): TensorShape | undefined {
    const given = this.#value(field);
    return isList(given) ? this.#shapeOf(field, field === 'target_shape' ? given : given.slice(1)) : undefined;
  }

  #shapeOf(field: string, sizes: readonly unknown[]): TensorShape {
    const known = sizes.map((size) => (isSize(size) ? size : undefined));
    if (known.includes(undefined) || known.length < 1 || known.length > 3) {
      const rule =
        'must have one to three sizes that are all known: features, positions and features, or rows, columns and channels';
      this.#complain(field, rule, show(sizes));
      return { channels: 1, height: 1, width: 1 };
    }
    const [first = 1, second = 1, third = 1] = known;
    if (known.length === 1) return { channels: first, height: 1, width: 1 };
    if (known.length === 2) return { channels: second, height: first, width: 1 };
    return { channels: third, height: first, width: second };
  }

  #value(field: string): unknown {
    return Object.hasOwn(this.#config, field) ? (this.#config[field] ?? undefined) : undefined;
  }
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_SIZE;
}
