import type { Network } from '../network.js';
import type { NetworkJson } from '../schema.js';

/** A network as a text. */
export interface ExportedText {
  readonly text: string;
  /** What the text leaves out or says in another way, a sentence each. */
  readonly notes: readonly string[];
}

/** One form in which a network can be written. */
export interface Exporter {
  readonly description: string;
  /** @param json the same network, as a file says it */
  readonly write: (network: Network, json: NetworkJson) => ExportedText;
}
