/**
 * One kind of register, of `width` integers, in every element of the grid. At a clock edge all of them take what
 * their neighbour held: the one on the left, or the one above. The first column, or row, takes what stands at the edge.
 */
export class RegisterPlane {
  /** By row, column, and place in the register. */
  readonly values: Int32Array;

  private readonly rowLength: number;
  private readonly width: number;

  constructor(rows: number, columns: number, width: number) {
    this.values = new Int32Array(rows * columns * width);
    this.rowLength = columns * width;
    this.width = width;
  }

  /** `edge` holds a register for each row. */
  moveRight(edge: Int32Array): void {
    const { values, rowLength, width } = this;
    // The last register of a row spills into the first of the next, where the edge then writes.
    values.copyWithin(width, 0, values.length - width);
    for (let row = 0, from = 0; row < values.length; row += rowLength) {
      for (let place = 0; place < width; place++) values[row + place] = edge[from++]!;
    }
  }

  /** `edge` holds a register for each column, from place `from` on. */
  moveDown(edge: Int32Array, from: number = 0): void {
    const { values, rowLength } = this;
    values.copyWithin(rowLength, 0, values.length - rowLength);
    for (let place = 0; place < rowLength; place++) values[place] = edge[from + place]!;
  }
}
