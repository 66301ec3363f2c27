import type { Operation } from './operation.js';
import { Readers } from './readers.js';
import { elementsOf, isSameShape } from './shapes.js';
import type { Value } from './value.js';

/** Nodes of one function are few; beyond this the search for more of them ends. */
const MAX_MEMBERS = 20;

/** Functions of single numbers, as exporters spell out a non-linearity that their operator set has no name for. */
const pointwise = new Set(
  (
    'Add Sub Mul Div Pow Min Max Clip Relu Neg Exp Log Sqrt Reciprocal Erf Tanh Sigmoid HardSigmoid Softplus ' +
    'Cast Identity'
  ).split(' '),
);

/** What a normalisation by mean and deviation is spelt out with. */
const statistical = new Set('Add Sub Mul Div Pow Sqrt Reciprocal ReduceMean Cast Identity'.split(' '));

/** Operations that compute one function of one tensor. */
interface Region {
  readonly members: ReadonlySet<Operation>;
  readonly input: string;
}

/**
 * Operations, with those that spell out a known function replaced by it, and without those that nothing needs.
 *
 * @param outputs of the graph
 */
export function composeOperations(
  operations: readonly Operation[],
  outputs: readonly string[],
  values: ReadonlyMap<string, Value>,
): readonly Operation[] {
  const live = keepNeeded(operations, outputs);
  const regions = new RegionFinder(live, new Readers(live, outputs));
  const replaced = new Map<Operation, Operation | null>();
  for (const find of [findNormalization, findNonLinearity]) {
    for (const operation of live) {
      if (replaced.has(operation)) continue;
      const found = find(operation, regions, (member) => replaced.has(member));
      const value = found && values.get(found.region.input);
      if (found === undefined || value === undefined) continue;
      for (const member of found.region.members) replaced.set(member, null);
      replaced.set(found.last, found.last.standIn(found.name, found.region.input, value));
    }
  }
  return live.flatMap((operation) => {
    const other = replaced.get(operation);
    return other === undefined ? [operation] : other === null ? [] : [other];
  });
}

/** What only told others a shape is computed by nobody. */
function keepNeeded(operations: readonly Operation[], outputs: readonly string[]): readonly Operation[] {
  const needed = new Set(outputs);
  const kept = operations.toReversed().filter(({ outputNames, variableNames }) => {
    if (!outputNames.some((name) => needed.has(name))) return false;
    for (const name of variableNames) needed.add(name);
    return true;
  });
  return kept.toReversed();
}

interface Found {
  readonly name: string;
  readonly region: Region;
  /** The operation that makes what the function makes. */
  readonly last: Operation;
}

type IsTaken = (operation: Operation) => boolean;

/** x sigmoid(x), x (1 + erf(x)) / 2 and the like: two ways from one tensor that meet again. */
function findNonLinearity(operation: Operation, regions: RegionFinder, isTaken: IsTaken): Found | undefined {
  if (!pointwise.has(operation.operator) || operation.variableNames.length !== 2) return undefined;
  const isMember = (member: Operation): boolean =>
    !isTaken(member) &&
    pointwise.has(member.operator) &&
    isSameShape(member.result(0).shape, operation.result(0).shape) &&
    member.inputs.every((value) => !value.isConstant || elementsOf(value.shape) === 1);
  if (!isMember(operation)) return undefined;
  const region = regions.closeOver(operation, isMember);
  if (region === undefined) return undefined;
  const names = new Set([...region.members].map((member) => member.operator));
  const name = nameOf(names);
  return name === undefined ? undefined : regions.extend({ name, region, last: operation }, isMember);
}

function nameOf(members: ReadonlySet<string>): string | undefined {
  if (members.has('Softplus') && members.has('Tanh')) return 'Mish';
  if (members.has('Erf') || members.has('Tanh')) return 'Gelu';
  if (members.has('Sigmoid')) return 'Swish';
  return members.has('HardSigmoid') || members.has('Clip') ? 'HardSwish' : undefined;
}

/** (x - mean) / root of (mean of squares + epsilon), times and plus constants; or the same without the mean. */
function findNormalization(operation: Operation, regions: RegionFinder, isTaken: IsTaken): Found | undefined {
  if (!['Div', 'Mul'].includes(operation.operator) || operation.variableNames.length !== 2) return undefined;
  const isMember = (member: Operation): boolean => !isTaken(member) && statistical.has(member.operator);
  const inner = regions.closeOver(operation, isMember);
  if (inner === undefined || !hasAll(inner, ['ReduceMean', 'Sqrt'])) return undefined;
  const centred = regions.producer(inner.input);
  const outer =
    centred?.operator === 'Sub' && isMember(centred) && regions.isWithin(inner.input, inner.members)
      ? regions.closeOver(centred, isMember, inner.members)
      : undefined;
  const [name, region] = outer === undefined ? ['RMSNormalization', inner] : ['LayerNormalization', outer];
  return regions.extend(
    { name, region, last: operation },
    (member) => isMember(member) && isSameShape(member.result(0).shape, operation.result(0).shape),
  );
}

function hasAll({ members }: Region, wanted: readonly string[]): boolean {
  const names = new Set([...members].map((member) => member.operator));
  return wanted.every((name) => names.has(name));
}

class RegionFinder {
  readonly #readers: Readers;
  readonly #producers = new Map<string, Operation>();

  constructor(operations: readonly Operation[], readers: Readers) {
    this.#readers = readers;
    for (const operation of operations) for (const name of operation.outputNames) this.#producers.set(name, operation);
  }

  producer(value: string): Operation | undefined {
    return this.#producers.get(value);
  }

  /** Whether nothing but the members reads a value. */
  isWithin(value: string, members: ReadonlySet<Operation>): boolean {
    return this.#readers.of(value)?.every((reader) => members.has(reader)) === true;
  }

  /** The operations between one tensor and the last operation that nothing else sees into. */
  closeOver(
    last: Operation,
    isMember: (operation: Operation) => boolean,
    others: ReadonlySet<Operation> = new Set(),
  ): Region | undefined {
    const members = new Set([...others, last]);
    const inputs = new Set(last.variableNames);
    while (inputs.size > 1 && members.size < MAX_MEMBERS) {
      const next = [...inputs].find((value) => {
        const producer = this.#producers.get(value);
        return producer !== undefined && isMember(producer) && this.isWithin(value, members);
      });
      if (next === undefined) return undefined;
      const producer = this.#producers.get(next)!;
      members.add(producer);
      inputs.delete(next);
      for (const name of producer.variableNames) inputs.add(name);
    }
    const [input] = inputs;
    return input !== undefined && inputs.size === 1 && members.size > 1 ? { members, input } : undefined;
  }

  /** Constants that come after the function belong to it. */
  extend(found: Found, isMember: (operation: Operation) => boolean): Found {
    const members = new Set(found.region.members);
    let { last } = found;
    while (members.size < MAX_MEMBERS) {
      const readers = this.#readers.of(last.outputName(0));
      const [next] = readers ?? [];
      if (next === undefined || readers?.length !== 1 || next.variableNames.length !== 1 || !isMember(next)) break;
      if (!['Add', 'Sub', 'Mul', 'Div', 'Cast', 'Identity'].includes(next.operator)) break;
      members.add(next);
      last = next;
    }
    return { ...found, region: { ...found.region, members }, last };
  }
}
