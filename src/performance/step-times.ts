const FIRST_KINDS = 8;
const FIGURES = 4;

/**
 * What the steps of a schedule take, as a function of the off-chip channel's rate: steps of a kind take
 * `waits + bytes / rate`, or `least` where that is more. Filled over and over, allocating nothing.
 */
export class StepTimes {
  /** Of steps that nothing else can outlast: of all of them together. */
  private cycles = 0;
  private bytes = 0;
  /** Of each other kind four in a row: how many, least, waits, bytes. */
  private kinds = new Float64Array(FIRST_KINDS * FIGURES);
  private end = 0;

  clear(): void {
    this.cycles = this.bytes = 0;
    this.end = 0;
  }

  /** `count` steps that wait so many cycles and move so many bytes, with nothing beside. */
  addSum(count: number, waits: number, bytes: number): void {
    this.cycles += count * waits;
    this.bytes += count * bytes;
  }

  /** `count` steps that take at least so long. */
  addLongest(count: number, least: number, waits: number, bytes: number): void {
    if (this.end === this.kinds.length) this.grow();
    const { kinds, end } = this;
    kinds[end] = count;
    kinds[end + 1] = least;
    kinds[end + 2] = waits;
    kinds[end + 3] = bytes;
    this.end = end + FIGURES;
  }

  /** Of all steps. */
  cyclesAt(bytesPerCycle: number): number {
    const { kinds, end } = this;
    let total = this.cycles + this.bytes / bytesPerCycle;
    for (let at = 0; at < end; at += FIGURES) {
      const moving = kinds[at + 2]! + kinds[at + 3]! / bytesPerCycle;
      const least = kinds[at + 1]!;
      total += kinds[at]! * (moving > least ? moving : least);
    }
    return total;
  }

  private grow(): void {
    const longer = new Float64Array(2 * this.kinds.length);
    longer.set(this.kinds);
    this.kinds = longer;
  }
}
