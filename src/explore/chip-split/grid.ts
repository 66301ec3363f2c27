import { resolveMachine, type ArchSpec } from '../../arch/index.js';
import { MAX_ARRAY_SIDE, MAX_SCRATCHPAD_KIB } from '../../arch/limits.js';
import { failure } from '../../errors.js';

/** Sides of an array on the grid, over those of the machine's own, as fractions. */
const SIDE_FACTORS = [
  [1, 4],
  [3, 8],
  [1, 2],
  [3, 4],
  [1, 1],
  [5, 4],
  [3, 2],
  [2, 1],
  [3, 1],
  [4, 1],
] as const;

/** An array on the grid may be this much flatter or steeper than the machine's own. */
const ASPECT_TOLERANCE = 2;

/** Sums of areas that ought to be equal may differ by rounding errors of this fraction. */
const ROUNDING = 1e-12;

/** One array on the grid: the rows and columns that the machine file then states. */
export interface SplitShape {
  readonly rows: number;
  readonly columns: number;
}

/** Every array on the grid, in the order of their elements; the machine's own is one of them. */
export function splitShapes({ array }: ArchSpec): SplitShape[] {
  const sides = (own: number) =>
    SIDE_FACTORS.map(([times, over]) => (own * times) / over).filter(
      (side) => Number.isInteger(side) && side <= MAX_ARRAY_SIDE,
    );
  const aspect = array.columns / array.rows;
  return sides(array.rows)
    .flatMap((rows) => sides(array.columns).map((columns) => ({ rows, columns })))
    .filter(({ rows, columns }) => {
      const ratio = columns / rows / aspect;
      return ratio <= ASPECT_TOLERANCE && ratio * ASPECT_TOLERANCE >= 1;
    })
    .toSorted((a, b) => a.rows * a.columns - b.rows * b.columns || a.rows - b.rows);
}

/** The machine with another array and as much scratchpad in each core; a stated budget of MACs grows with the array. */
export function withSplit(arch: ArchSpec, { rows, columns }: SplitShape, capacityKiB: number): ArchSpec {
  const { array, scratchpad } = arch;
  const { macBudgetMm2 } = array;
  const grown = (rows * columns) / (array.rows * array.columns);
  return {
    ...arch,
    array: { ...array, rows, columns, ...(macBudgetMm2 === undefined ? {} : { macBudgetMm2: macBudgetMm2 * grown }) },
    scratchpad: { ...scratchpad, capacityKiB },
  };
}

/** What a split spends, of all cores: MAC units with the registers of their elements, and scratchpads. */
export interface SpentArea {
  readonly macsMm2: number;
  readonly scratchpadMm2: number;
  readonly spentMm2: number;
  /** Of the whole chip; null where the machine file gives no figure for a part that no split touches. */
  readonly chipMm2: number | null;
}

/**
 * The areas of a machine at a width.
 * @throws AccelsimError where its file leaves out what an area to be spent needs
 */
export function spentArea(arch: ArchSpec, bits: number): SpentArea {
  const { area } = resolveMachine(arch, { bits });
  const { macArrayMm2, registersMm2, scratchpadMm2, totalMm2 } = area;
  const missing = (field: string, what: string) =>
    failure(`machine ${arch.name}`, field, `must be stated: ${what} take a part of the area that is split`);
  if (scratchpadMm2 === null) throw missing('scratchpad.areaMm2PerMiB', 'scratchpads');
  if (registersMm2 === null) throw missing('array.areaUm2PerRegisterBit', 'registers');
  const macsMm2 = macArrayMm2 + registersMm2;
  return { macsMm2, scratchpadMm2, spentMm2: macsMm2 + scratchpadMm2, chipMm2: totalMm2 };
}

function fits({ spentMm2 }: SpentArea, budgetMm2: number): boolean {
  return spentMm2 <= budgetMm2 * (1 + ROUNDING);
}

/** The most whole KiB of scratchpad for each core that the budget leaves beside an array; undefined for less than one. */
export function capacityWithin(arch: ArchSpec, shape: SplitShape, bits: number, budgetMm2: number): number | undefined {
  const smallest = spentArea(withSplit(arch, shape, 1), bits);
  const perKibMm2 = spentArea(withSplit(arch, shape, 2), bits).scratchpadMm2 - smallest.scratchpadMm2;
  const guess = 1 + Math.round((budgetMm2 - smallest.spentMm2) / perKibMm2);
  for (let capacityKiB = Math.min(guess, MAX_SCRATCHPAD_KIB); capacityKiB >= 1; capacityKiB -= 1) {
    if (fits(spentArea(withSplit(arch, shape, capacityKiB), bits), budgetMm2)) return capacityKiB;
  }
  return undefined;
}
