/** What crosses the off-chip channel. Requests of one instant stand in this order: stores before loads. */
export const transferKinds = ['outputs', 'storedSums', 'inputs', 'second', 'loadedSums', 'prefetch'] as const;

export type TransferKind = (typeof transferKinds)[number];

const STORES: ReadonlySet<TransferKind> = new Set(['outputs', 'storedSums']);

export function isStore(kind: TransferKind): boolean {
  return STORES.has(kind);
}
