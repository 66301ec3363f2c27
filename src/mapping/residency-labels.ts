import type { LayerDecision } from './residency-problem.js';

/** One way to have come this far: its price, and the last decision with the way before it. */
export interface Label {
  readonly cycles: number;
  readonly bytes: number;
  /** Bytes of the weight region taken so far. */
  readonly regionUsed: number;
  readonly step: { readonly before: Label; readonly decision: LayerDecision; readonly outputCode: number } | null;
}

/**
 * Adds a label to a list ordered by region used, unless one in the list takes no more of the region and is at least as
 * good (fewer cycles, then fewer bytes); drops those that the new one makes useless. The first of equals stays, so the
 * result does not depend on anything but the order of the choices.
 */
export function addLabel(
  labels: Label[],
  cycles: number,
  bytes: number,
  regionUsed: number,
  step: Label['step'],
): void {
  let at = 0;
  for (let high = labels.length; at < high; ) {
    const middle = (at + high) >>> 1;
    if (labels[middle]!.regionUsed <= regionUsed) at = middle + 1;
    else high = middle;
  }
  if (at > 0) {
    const best = labels[at - 1]!;
    if (best.cycles < cycles || (best.cycles === cycles && best.bytes <= bytes)) return;
    if (best.regionUsed === regionUsed) at -= 1;
  }
  let until = at;
  while (until < labels.length) {
    const label = labels[until]!;
    if (label.cycles < cycles || (label.cycles === cycles && label.bytes < bytes)) break;
    until += 1;
  }
  labels.splice(at, until - at, { cycles, bytes, regionUsed, step });
}
