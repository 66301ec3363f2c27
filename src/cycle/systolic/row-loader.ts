import { RegisterPlane } from './register-plane.js';

/**
 * The stationary operand of a fold and how it gets into the elements: row by row from above, the lowest row first,
 * each cycle one row in and all rows one further down. Where the preload is overlapped the rows move through shadow
 * registers, beside those that the fold before is still using.
 */
export class RowLoader {
  /** What the elements multiply by: `lanes` operands in each. */
  readonly held: Int32Array;

  private readonly heldPlane: RegisterPlane;
  private readonly entering: RegisterPlane;
  private readonly rows: number;
  private readonly columns: number;
  private readonly lanes: number;
  private readonly tile: Int32Array;
  private rowsToSend = 0;

  constructor(rows: number, columns: number, lanes: number, preload: 'exposed' | 'overlapped') {
    this.rows = rows;
    this.columns = columns;
    this.lanes = lanes;
    this.heldPlane = new RegisterPlane(rows, columns, lanes);
    this.entering = preload === 'overlapped' ? new RegisterPlane(rows, columns, lanes) : this.heldPlane;
    this.held = this.heldPlane.values;
    this.tile = new Int32Array(this.held.length);
  }

  /** Lays out the stationary operand of the next fold; it moves in as `tick` is called. */
  begin(operand: (row: number, column: number, lane: number) => number): void {
    const { rows, columns, lanes, tile } = this;
    let at = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let lane = 0; lane < lanes; lane++) tile[at++] = operand(row, column, lane);
      }
    }
    this.rowsToSend = rows;
  }

  get loading(): boolean {
    return this.rowsToSend > 0;
  }

  /** One cycle. */
  tick(): void {
    if (this.rowsToSend === 0) return;
    this.rowsToSend -= 1;
    this.entering.moveDown(this.tile, this.rowsToSend * this.columns * this.lanes);
  }

  /** All elements at once go over to what has been shifted in. */
  latch(): void {
    if (this.entering !== this.heldPlane) this.held.set(this.entering.values);
  }
}
