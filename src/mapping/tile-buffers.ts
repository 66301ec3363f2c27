import { inputTileBytes, secondTileBytes, storedTileBytes, sumTileBytes } from './buffers.js';
import { INPUT, OPERANDS, OUTPUT, SECOND } from './candidate.js';
import type { LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/** What the tiles of a choice take of a core's scratchpad, by what is double-buffered. Filled over and over. */
export class TileBuffers {
  /** With every operand single-buffered, and no partial sums that leave; and with sums that do. */
  least = 0;
  leastSpilling = 0;
  /** Operands that may be single-buffered or double-buffered: one of one tile, or of none, has nothing to choose. */
  open = 0;
  private readonly problem: LayerProblem;
  /** Elements of the second operand for each input and output channel. */
  private readonly kernel: number;
  private input = 0;
  private inputTiles = 1;
  private second = 0;
  private stored = 0;
  private sums = 0;
  private summedOutside = false;

  constructor(problem: LayerProblem) {
    this.problem = problem;
    this.kernel = problem.engine === 'array' ? problem.nest.kernelRows * problem.nest.kernelColumns : 0;
  }

  /** What all channel tiles of a group, pixel and reduction tile have in common; before they are set. */
  setReduction({ groups, pixels, reductions }: TileSpace, g: number, m: number, c: number): void {
    const elements = pixels[m]!.tileInputElements * groups[g]!.size * reductions[c]!.size;
    this.input = inputTileBytes(this.problem, elements);
    this.inputTiles = groups[g]!.trips * pixels[m]!.trips * reductions[c]!.trips;
  }

  setChannel(space: TileSpace, g: number, m: number, c: number, k: number): void {
    const { problem } = this;
    const { size: groupSize, trips: groupTrips } = space.groups[g]!;
    const { size: reductionSize, trips: reductionTrips } = space.reductions[c]!;
    const { size: channelSize, trips: channelTrips } = space.channels[k]!;
    const { trips: pixelTrips, fullPixels } = space.pixels[m]!;
    const outputTile = groupSize * channelSize * fullPixels;
    this.second = secondTileBytes(problem, groupSize * channelSize * reductionSize * this.kernel);
    this.stored = storedTileBytes(problem, outputTile);
    this.sums = sumTileBytes(problem, outputTile);
    this.summedOutside = space.dataflow !== null && (!space.dataflow.accumulatesInArray || reductionTrips > 1);
    this.least = this.input + this.second + (this.summedOutside ? this.sums : this.stored);
    this.leastSpilling = this.input + this.second + this.sums;
    const secondTiles = groupTrips * channelTrips * reductionTrips;
    const outputTiles = groupTrips * pixelTrips * channelTrips;
    const movesOutputs = this.stored > 0 || (reductionTrips > 1 && pixelTrips * channelTrips > 1);
    this.open =
      (this.input > 0 && this.inputTiles > 1 ? INPUT : 0) |
      (this.second > 0 && secondTiles > 1 ? SECOND : 0) |
      (outputTiles > 1 && movesOutputs ? OUTPUT : 0);
  }

  /** With these operands single-buffered and the others not. */
  bytes(single: number, spills: boolean): number {
    const twice = this.open & OPERANDS & ~single;
    const operands = this.input * (twice & INPUT ? 2 : 1) + this.second * (twice & SECOND ? 2 : 1);
    const doubledOutputs = (twice & OUTPUT) !== 0;
    if (spills) return operands + (doubledOutputs ? 3 : 1) * this.sums;
    return operands + (this.summedOutside ? this.sums : this.stored) + (doubledOutputs ? this.stored : 0);
  }

  /** The least that any schedule takes, of tiles no smaller than these. */
  leastOf({ groups, pixels, reductions, channels }: TileSpace, g: number, m: number, c: number, k: number): number {
    const { problem, kernel } = this;
    const groupSize = groups[g]!.size;
    const reduction = groupSize * reductions[c]!.size;
    const channel = channels[k]!.size;
    const outputTile = groupSize * channel * pixels[m]!.fullPixels;
    return (
      inputTileBytes(problem, pixels[m]!.tileInputElements * reduction) +
      secondTileBytes(problem, reduction * channel * kernel) +
      Math.min(storedTileBytes(problem, outputTile), sumTileBytes(problem, outputTile))
    );
  }
}
