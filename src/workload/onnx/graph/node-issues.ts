import { AccelsimError } from '../../../errors.js';
import type { Issue } from '../../../errors.js';
import type { OnnxNode } from '../file/model.js';
import { MAX_ISSUES } from '../limits.js';

/** Gathers what is wrong with a graph: by node, with its operator and the reason. */
export class NodeIssues {
  readonly #issues: Issue[] = [];
  readonly #source: string;
  readonly #nodes: readonly OnnxNode[];
  #more = 0;

  constructor(source: string, nodes: readonly OnnxNode[]) {
    this.#source = source;
    this.#nodes = nodes;
  }

  /** A node's name, or else the name of what it makes. */
  nameOf(index: number): string {
    const node = this.#nodes[index]!;
    return node.name || node.outputs.find((name) => name !== '') || `node ${index}`;
  }

  add(index: number, rule: string): void {
    this.#push({ source: this.#source, path: `${this.#nodes[index]!.operator} "${this.nameOf(index)}"`, rule });
  }

  addToGraph(path: string, rule: string, hint?: string): void {
    this.#push({ source: this.#source, path, rule, ...(hint === undefined ? {} : { hint }) });
  }

  get isEmpty(): boolean {
    return this.#issues.length === 0;
  }

  /** What `act` makes; what it throws is told together with what was gathered. */
  with<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof AccelsimError)) throw error;
      for (const issue of error.issues) this.#push(issue);
      this.throwIfAny();
      throw error;
    }
  }

  /** @throws AccelsimError with all that was gathered; nothing where there is nothing */
  throwIfAny(): void {
    if (this.isEmpty) return;
    const more =
      this.#more === 0 ? [] : [{ source: this.#source, path: '', rule: `and ${this.#more} more of such complaints` }];
    throw new AccelsimError([...this.#issues, ...more]);
  }

  #push(issue: Issue): void {
    if (this.#issues.length < MAX_ISSUES) this.#issues.push(issue);
    else this.#more += 1;
  }
}
