/** Gives each name once: a repeated one gets a number behind it. */
export class UniqueNames {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  /** `name` itself where it is free. */
  take(name: string): string {
    let free = name;
    let count = this.#next.get(name) ?? 2;
    for (; this.#taken.has(free); count += 1) free = `${name}.${count}`;
    this.#next.set(name, count);
    this.#taken.add(free);
    return free;
  }
}

/** `resnet50` of `topologies/resnet50.csv`. */
export function networkNameOf(source: string): string {
  const file = source.split(/[/\\]/).at(-1) ?? '';
  const name = file.replace(/\.[^.]*$/, '').trim();
  return /^[\w.+ -]{1,100}$/.test(name) ? name : 'topology';
}
