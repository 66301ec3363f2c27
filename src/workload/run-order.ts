/** An order in which every layer comes after what it reads, or the circles that make it impossible. */
export interface RunOrder {
  readonly order: readonly number[];
  /** Each a way from a layer along what it reads back to itself, its first layer not repeated. */
  readonly cycles: readonly (readonly number[])[];
}

/**
 * The given order, changed only where a layer stands before one that it reads: that one is drawn before it.
 *
 * @param producers for each layer the layers that it reads
 */
export function runOrder(producers: readonly (readonly number[])[]): RunOrder {
  const order: number[] = [];
  const cycles: number[][] = [];
  const state: ('new' | 'open' | 'done')[] = producers.map(() => 'new');
  // Depth first along what is read, with a stack of its own: networks may be thousands of layers deep.
  for (const start of producers.keys()) {
    if (state[start] !== 'new') continue;
    state[start] = 'open';
    const way = [{ layer: start, next: 0 }];
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const producer = producers[top.layer]?.[top.next];
      top.next += 1;
      if (producer === undefined) {
        state[top.layer] = 'done';
        order.push(top.layer);
        way.pop();
      } else if (state[producer] === 'new') {
        state[producer] = 'open';
        way.push({ layer: producer, next: 0 });
      } else if (state[producer] === 'open') {
        cycles.push(way.slice(way.findIndex((step) => step.layer === producer)).map((step) => step.layer));
      }
    }
  }
  return { order, cycles };
}
