import { greatestOf, leastOf } from './operand-format.js';
import type { OperandDigits } from './passes.js';
import { RegisterPlane } from './register-plane.js';
import { RowLoader } from './row-loader.js';
import { BUBBLE, SkewedFeed } from './skewed-feed.js';
import { overflow, type SystolicArray } from './systolic-array.js';

/** One product with an operand that is held in the array and one that streams past it. */
export interface HeldAndStreamed {
  readonly groups: number;
  /** Vectors of the streamed operand, and columns of the held one, in each group. */
  readonly vectors: number;
  readonly columns: number;
  readonly reduction: number;
  readonly streamed: (group: number, vector: number, reduction: number) => number;
  readonly held: (group: number, reduction: number, column: number) => number;
  readonly streamedDigits: OperandDigits;
  readonly heldDigits: OperandDigits;
  /** What the sum of each pass is worth. */
  readonly scale: Float64Array;
  /** Adds to the accumulator of an output, outside the array; gives its new value. */
  readonly accumulate: (group: number, vector: number, column: number, sum: number) => number;
}

interface Fold {
  readonly group: number;
  readonly firstReduction: number;
  readonly firstColumn: number;
}

/**
 * Plays an array whose stationary operand has the reduction on the rows. The other operand moves right; sums start at
 * zero above the first row, move down, and leave below the last one into an accumulator per output. Operands beyond
 * the edge of the product are zeros: the array knows no smaller fold than a whole one.
 * @throws AccelsimError if a sum does not fit the accumulators.
 */
export function runMovingSums(array: SystolicArray, product: HeldAndStreamed): { cycles: number; folds: number } {
  const { rows, columns, lanes } = array;
  const { vectors, streamedDigits, heldDigits, scale } = product;
  const folds = foldsOf(array, product);
  const feed = new SkewedFeed(rows, lanes, vectors, streamedDigits);
  const loader = new RowLoader(rows, columns, lanes, array.preload);
  const operands = new RegisterPlane(rows, columns, lanes);
  const slots = new RegisterPlane(rows, columns, 1);
  const sums = new RegisterPlane(rows, columns, 1);
  const sumSlots = new RegisterPlane(rows, columns, 1);
  const zeros = new Int32Array(columns);
  slots.values.fill(BUBBLE);
  sumSlots.values.fill(BUBBLE);

  const passCount = scale.length;
  const elements = rows * columns;
  const foot = elements - columns;
  const accumulator = { bits: array.accumulatorBits, signed: true };
  const [least, greatest] = [leastOf(accumulator), greatestOf(accumulator)];

  const add = () => {
    const [operand, slot, sum, held] = [operands.values, slots.values, sums.values, loader.held];
    for (let at = 0, from = 0; at < elements; at++, from += lanes) {
      if (slot[at] === BUBBLE) continue;
      const pass = passCount === 1 ? 0 : slot[at]! % passCount;
      const [shift, mask] = [heldDigits.shift[pass]!, heldDigits.mask[pass]!];
      let total = sum[at]!;
      for (let lane = from; lane < from + lanes; lane++) total += operand[lane]! * ((held[lane]! >> shift) & mask);
      if (total < least || total > greatest) throw overflow(total, array);
      sum[at] = total;
    }
  };

  /** Takes the sums that leave in this cycle; gives how many there were. */
  const collect = ({ group, firstColumn }: Fold): number => {
    let left = 0;
    for (let column = 0; column < columns; column++) {
      const slot = sumSlots.values[foot + column]!;
      if (slot === BUBBLE) continue;
      left += 1;
      if (firstColumn + column >= product.columns) continue;
      const pass = slot % passCount;
      const vector = (slot - pass) / passCount;
      const sum = sums.values[foot + column]! * scale[pass]!;
      const total = product.accumulate(group, vector, firstColumn + column, sum);
      // Between the passes of a step a sum may leave the range and come back: in two's complement that is harmless.
      if (pass === passCount - 1 && (total < least || total > greatest)) throw overflow(total, array);
    }
    return left;
  };

  const load = ({ group, firstReduction, firstColumn }: Fold) =>
    loader.begin((row, column, lane) => {
      const [reduction, to] = [firstReduction + row * lanes + lane, firstColumn + column];
      return reduction < product.reduction && to < product.columns ? product.held(group, reduction, to) : 0;
    });

  let cycles = 0;
  load(folds[0]!);
  for (const [index, fold] of folds.entries()) {
    while (loader.loading) {
      loader.tick();
      cycles += 1;
    }
    loader.latch();
    const next = folds[index + 1];
    if (array.preload === 'overlapped' && next !== undefined) load(next);

    feed.fill((vector, row, lane) => {
      const reduction = fold.firstReduction + row * lanes + lane;
      return reduction < product.reduction ? product.streamed(fold.group, vector, reduction) : 0;
    });
    const toLeave = vectors * passCount * columns;
    for (let cycle = 0, left = 0; left < toLeave; cycle++) {
      feed.present(cycle);
      operands.moveRight(feed.edge);
      slots.moveRight(feed.edgeSlots);
      sums.moveDown(zeros);
      sumSlots.moveDown(slots.values);
      add();
      left += collect(fold);
      loader.tick();
      cycles += 1;
    }
    if (array.preload === 'exposed' && next !== undefined) load(next);
  }
  return { cycles, folds: folds.length };
}

/** Reduction inside columns inside groups, so that the accumulators of one column of folds fill up one after another. */
function foldsOf({ rows, columns, lanes }: SystolicArray, product: HeldAndStreamed): Fold[] {
  const folds: Fold[] = [];
  for (let group = 0; group < product.groups; group++) {
    for (let firstColumn = 0; firstColumn < product.columns; firstColumn += columns) {
      for (let firstReduction = 0; firstReduction < product.reduction; firstReduction += rows * lanes) {
        folds.push({ group, firstReduction, firstColumn });
      }
    }
  }
  return folds;
}
