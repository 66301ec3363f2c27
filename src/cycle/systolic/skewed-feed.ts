import type { OperandDigits } from './passes.js';

/** A register that carries no operand: a bubble. */
export const BUBBLE = -1;

/**
 * What stands at one edge of the array. The operands of a fold enter at its ports (a row or a column each), one slot
 * per cycle; a slot is one pass of one step. Port p starts p cycles late, so that what belongs together meets.
 */
export class SkewedFeed {
  /** `lanes` digits for each port. */
  readonly edge: Int32Array;
  /** The slot each port is at, or a bubble. */
  readonly edgeSlots: Int32Array;

  private readonly ports: number;
  private readonly lanes: number;
  private readonly steps: number;
  private readonly passCount: number;
  private readonly digits: OperandDigits;
  /** Operands of the fold by step, port and lane. */
  private readonly operands: Int32Array;

  constructor(ports: number, lanes: number, steps: number, digits: OperandDigits) {
    this.ports = ports;
    this.lanes = lanes;
    this.steps = steps;
    this.passCount = digits.shift.length;
    this.digits = digits;
    this.operands = new Int32Array(steps * ports * lanes);
    this.edge = new Int32Array(ports * lanes);
    this.edgeSlots = new Int32Array(ports);
  }

  /** Lays out the operands of the next fold. */
  fill(operand: (step: number, port: number, lane: number) => number): void {
    const { steps, ports, lanes, operands } = this;
    let at = 0;
    for (let step = 0; step < steps; step++) {
      for (let port = 0; port < ports; port++) {
        for (let lane = 0; lane < lanes; lane++) operands[at++] = operand(step, port, lane);
      }
    }
  }

  /** Sets the edge to what enters in a cycle of the fold, counted from 0. */
  present(cycle: number): void {
    const { ports, lanes, passCount, digits, operands, edge, edgeSlots } = this;
    const slots = this.steps * passCount;
    for (let port = 0; port < ports; port++) {
      const slot = cycle - port;
      const enters = slot >= 0 && slot < slots;
      edgeSlots[port] = enters ? slot : BUBBLE;
      const pass = enters ? slot % passCount : 0;
      const from = ((slot - pass) / passCount) * ports * lanes + port * lanes;
      for (let lane = 0; lane < lanes; lane++) {
        edge[port * lanes + lane] = enters ? (operands[from + lane]! >> digits.shift[pass]!) & digits.mask[pass]! : 0;
      }
    }
  }
}
