/** Longest name of a layer in a network file. */
const MAX_LENGTH = 200;

/** Gives out names that a network file may have, each once. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  /** The wanted name, made legal, with a number behind it where it is taken. */
  take(wanted: string): string {
    const name = this.legal(wanted) || 'unnamed';
    let free = name;
    while (this.#taken.has(free)) {
      const number = this.#next.get(name) ?? 2;
      this.#next.set(name, number + 1);
      free = `${name}#${number}`;
    }
    this.#taken.add(free);
    return free;
  }

  /** On one line, without spaces at the ends, not too long; room is left for a number. */
  legal(wanted: string): string {
    return wanted
      .replaceAll(/[\s\p{Zl}\p{Zp}\p{Cc}]+/gu, ' ')
      .slice(0, MAX_LENGTH - 10)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trim();
  }
}
