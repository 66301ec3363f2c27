/** A way to lay values of one width side by side in memory. */
export interface Packing {
  /** What it does, for menus and reports. */
  readonly description: string;
  /**
   * The group that values of `widthBits` are laid down in: so many `values` in a word of so many `bits`. A value wider
   * than a word takes several, which are then one word of one value.
   */
  word(widthBits: number): PackedWord;
}

export interface PackedWord {
  readonly bits: number;
  readonly values: number;
}
