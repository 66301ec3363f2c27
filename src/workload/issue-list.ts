import { AccelsimError, formatIssue } from '../errors.js';
import type { Issue } from '../errors.js';
import { formatPath } from '../json/index.js';
import type { JsonPath, TextPosition } from '../json/index.js';
import { byPlace } from '../json/position.js';

/** Gathers what is wrong with a network, by the paths of the file it came from. */
export class IssueList {
  readonly #issues: Issue[] = [];
  readonly #source: string;
  readonly #locate: ((path: JsonPath) => TextPosition) | undefined;

  /** @param locate where a path stands in the text, if the network came from one */
  constructor(source: string, locate?: (path: JsonPath) => TextPosition) {
    this.#source = source;
    this.#locate = locate;
  }

  add(path: JsonPath, rule: string, found?: string, hint?: string): void {
    this.#issues.push({
      source: this.#source,
      path: formatPath(path),
      rule,
      ...(found === undefined ? {} : { found }),
      ...(hint === undefined ? {} : { hint }),
      ...this.#locate?.(path),
    });
  }

  get isEmpty(): boolean {
    return this.#issues.length === 0;
  }

  /** The first that was gathered, as it is told; undefined where there is nothing. */
  get first(): string | undefined {
    return this.#issues[0] && formatIssue(this.#issues[0]);
  }

  /** @throws AccelsimError with all that was gathered, in the order of the text; nothing where there is nothing */
  throwIfAny(): void {
    if (this.isEmpty) return;
    throw new AccelsimError(this.#issues.toSorted(byPlace));
  }
}
