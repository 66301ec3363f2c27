/** What happens when, earliest first; of one instant, in the order in which it was entered. A binary heap. */
export class TimeQueue {
  private readonly heap: { readonly at: number; readonly entry: number; readonly act: () => void }[] = [];
  private entries = 0;

  add(at: number, act: () => void): void {
    const { heap } = this;
    let place = heap.length;
    const added = { at, entry: this.entries++, act };
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(added, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = added;
  }

  /** When the next thing happens; undefined when nothing will. */
  get nextTime(): number | undefined {
    return this.heap[0]?.at;
  }

  /** Takes the next thing off the queue and lets it happen. */
  runNext(): void {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined) return;
    if (first !== last) this.sink(last);
    first.act();
  }

  private sink(moved: { readonly at: number; readonly entry: number; readonly act: () => void }): void {
    const { heap } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, moved)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = moved;
  }
}

interface Entry {
  readonly at: number;
  readonly entry: number;
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.entry < other.entry);
}
