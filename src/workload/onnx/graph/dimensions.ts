import { AccelsimError, show } from '../../../errors.js';
import type { Issue } from '../../../errors.js';
import { nearestName } from '../../../json/index.js';
import type { OnnxGraph, OnnxInput } from '../file/model.js';
import type { Value } from './value.js';

/** Sizes that a user gives: of a named dimension, or all of an input's. */
export type Dimensions = Readonly<Record<string, number | readonly number[]>>;

/** Largest size of a dimension: no network is near. */
const MAX_DIMENSION = 2 ** 31;

/**
 * Shapes of the graph's inputs for one sample. The first dimension of an input is its batch, which is set when the
 * network runs; every other one has to be known.
 *
 * @throws AccelsimError naming each dimension that is open, and each size given for nothing
 */
export function sizeInputs(graph: OnnxGraph, given: Dimensions, source: string): ReadonlyMap<string, Value> {
  const defaults = new Set(graph.initializers.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ name }) => !defaults.has(name));
  const issues: Issue[] = [];
  const sizes = new InputSizes(inputs, given, source, issues);
  const values = new Map<string, Value>();
  for (const input of inputs) {
    if (input.type === undefined) {
      issues.push({ source, path: `input ${show(input.name)}`, rule: 'must be a tensor' });
      continue;
    }
    values.set(input.name, { shape: sizes.of(input), type: input.type, isConstant: false });
  }
  sizes.refuseUnused();
  if (issues.length > 0) throw new AccelsimError(issues);
  return values;
}

class InputSizes {
  readonly #given: Dimensions;
  readonly #source: string;
  readonly #issues: Issue[];
  readonly #inputs: readonly OnnxInput[];
  /** Names that stand first in an input's shape: the batch. */
  readonly #batchNames: ReadonlySet<string>;
  /** Open names that have been complained of. */
  readonly #told = new Set<string>();

  constructor(inputs: readonly OnnxInput[], given: Dimensions, source: string, issues: Issue[]) {
    this.#inputs = inputs;
    this.#given = given;
    this.#source = source;
    this.#issues = issues;
    this.#batchNames = new Set(inputs.map(({ shape }) => shape?.[0]).filter((size) => typeof size === 'string'));
  }

  of({ name, shape }: OnnxInput): readonly number[] {
    const whole = this.#lookUp(name);
    if (Array.isArray(whole)) return this.#whole(name, shape, whole);
    if (shape === undefined) {
      this.#add(name, 'has no shape in the file', `give it: --shape ${name}=1,3,224,224`);
      return [];
    }
    return shape.map((size, axis) => {
      if (typeof size === 'number') return this.#fixed(name, size, axis);
      const set = size === null ? undefined : this.#lookUp(size);
      if (typeof set === 'number') return this.#checked(size!, set, axis);
      // The batch is not a matter of the file: --batch says how many samples run.
      if (axis === 0 || (size !== null && this.#batchNames.has(size))) return 1;
      if (size !== null && !this.#told.has(size)) {
        this.#told.add(size);
        this.#add(name, `leaves dimension ${show(size)} open`, `give it: --shape ${size}=N`);
      } else if (size === null) {
        const all = shape.map((other, at) => (at === 0 ? 1 : (other ?? 'N'))).join(',');
        this.#add(name, `leaves dimension ${axis + 1} open, without a name`, `give them all: --shape ${name}=${all}`);
      }
      return 1;
    });
  }

  /** What is given for nothing is a mistake: a name that is not in the file, or a size of a dimension that has one. */
  refuseUnused(): void {
    const symbols = this.#inputs.flatMap(({ shape }) => shape ?? []).filter((size) => typeof size === 'string');
    const names = [...new Set([...symbols, ...this.#inputs.map(({ name }) => name)])];
    for (const [name, value] of Object.entries(this.#given)) {
      const isSymbol = symbols.includes(name);
      if (names.includes(name) && (typeof value !== 'number' || isSymbol)) continue;
      const near = nearestName(name, names);
      const rule = names.includes(name) ? 'names an input: give all of its sizes' : 'no input has such a dimension';
      const hint =
        near === undefined || near === name ? `there are: ${names.slice(0, 20).join(', ')}` : `did you mean ${near}?`;
      this.#issues.push({ source: '--shape', path: '', rule, found: show(name), hint });
    }
  }

  #lookUp(name: string): number | readonly number[] | undefined {
    return Object.hasOwn(this.#given, name) ? this.#given[name] : undefined;
  }

  #whole(name: string, shape: OnnxInput['shape'], given: readonly number[]): readonly number[] {
    if (shape !== undefined && shape.length !== given.length) {
      this.#issues.push({
        source: '--shape',
        path: name,
        rule: `must have the ${shape.length} sizes that the file gives this input`,
        found: given.join(','),
      });
      return given;
    }
    return given.map((size, axis) => {
      const own = shape?.[axis];
      if (typeof own === 'number' && own !== size) {
        const rule = `size ${axis + 1} must be ${own}: the file fixes it`;
        this.#issues.push({ source: '--shape', path: name, rule, found: String(size) });
      }
      return this.#checked(name, size, axis);
    });
  }

  #fixed(name: string, size: number, axis: number): number {
    if (axis === 0 && size > 1) {
      const rule = `has a batch of ${size} built in; it must be 1 or open, and --batch says how many samples run`;
      this.#add(name, rule, 'export the network with a batch of 1');
    } else if (size < 1 || size > MAX_DIMENSION)
      this.#add(name, `has a size of ${size} in dimension ${axis + 1}; a size must be from 1 to 2^31`);
    return size;
  }

  #checked(name: string, size: number, axis: number): number {
    if (!Number.isSafeInteger(size) || size < 1 || size > MAX_DIMENSION)
      this.#issues.push({
        source: '--shape',
        path: name,
        rule: 'must be a whole number from 1 to 2^31',
        found: String(size),
      });
    else if (axis === 0 && size > 1)
      this.#issues.push({
        source: '--shape',
        path: name,
        rule: 'must be 1 in the first dimension, the batch',
        found: String(size),
        hint: '--batch says how many samples run',
      });
    return size;
  }

  #add(input: string, rule: string, hint?: string): void {
    const path = `input ${show(input)}`;
    this.#issues.push({ source: this.#source, path, rule, ...(hint === undefined ? {} : { hint }) });
  }
}
