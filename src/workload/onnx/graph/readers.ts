import type { Operation } from './operation.js';

/** Who reads what is computed. What only looks at a shape is no reader. */
export class Readers {
  readonly #operations = new Map<string, Operation[]>();
  readonly #outputs: ReadonlySet<string>;

  /** @param outputs of the graph */
  constructor(operations: readonly Operation[], outputs: readonly string[]) {
    this.#outputs = new Set(outputs);
    for (const operation of operations) {
      for (const name of operation.variableNames) {
        const list = this.#operations.get(name);
        if (list === undefined) this.#operations.set(name, [operation]);
        else list.push(operation);
      }
    }
  }

  /** Operations that read a value; undefined where it is an output of the graph, which all the world reads. */
  of(value: string): readonly Operation[] | undefined {
    return this.#outputs.has(value) ? undefined : (this.#operations.get(value) ?? []);
  }
}
