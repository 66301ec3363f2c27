/**
 * Orders of the loops over tiles. Three loops are ordered: pixels (batch, rows, columns), output channels and
 * reduction (input channels). The loop over groups stands outside them always: every operand depends on the group, so
 * no other place could save a reload.
 */
export const PIXELS = 0;
export const OUTPUT_CHANNELS = 1;
export const REDUCTION = 2;

/** Loop at each depth, outermost first. */
export const loopOrders = [
  [PIXELS, OUTPUT_CHANNELS, REDUCTION],
  [OUTPUT_CHANNELS, PIXELS, REDUCTION],
  [PIXELS, REDUCTION, OUTPUT_CHANNELS],
  [REDUCTION, PIXELS, OUTPUT_CHANNELS],
  [OUTPUT_CHANNELS, REDUCTION, PIXELS],
  [REDUCTION, OUTPUT_CHANNELS, PIXELS],
] as const;

const LOOP_AT = Uint8Array.from(loopOrders.flat());

/** The loop at a depth (0 outermost) of an order: what `loopOrders` says, for inner loops. */
export function loopAt(order: number, depth: number): number {
  return LOOP_AT[order * 3 + depth]!;
}

const LOOP_NAMES = ['pixels', 'output channels', 'reduction'] as const;

/** Names of the loops that run more than once, outermost first. */
export function describeOrder(order: number, trips: readonly number[], groupTrips: number): string[] {
  const names: string[] = groupTrips > 1 ? ['groups'] : [];
  for (const loop of loopOrders[order]!) if (trips[loop]! > 1) names.push(LOOP_NAMES[loop]);
  return names;
}

/**
 * For each combination of loops that run more than once (bit 0 pixels, bit 1 output channels, bit 2 reduction) the
 * orders that differ: a loop of one trip may stand anywhere.
 */
export const distinctOrders: readonly (readonly number[])[] = Array.from({ length: 8 }, (_, active) => {
  const seen = new Set<string>();
  const orders: number[] = [];
  loopOrders.forEach((loops, order) => {
    const key = loops.filter((loop) => (active >> loop) & 1).join();
    if (seen.has(key)) return;
    seen.add(key);
    orders.push(order);
  });
  return orders;
});

/** True where a reduction that is cut stands outside a loop over output tiles, so that partial sums leave the core. */
export function spillsPartialSums(order: number, active: number): boolean {
  return SPILLS[order * 8 + active] === 1;
}

const SPILLS = Uint8Array.from({ length: loopOrders.length * 8 }, (_, at) => {
  const active = at % 8;
  const loops: readonly number[] = loopOrders[Math.floor(at / 8)]!;
  const inside = loops.slice(loops.indexOf(REDUCTION) + 1);
  const cut = ((active >> REDUCTION) & 1) === 1;
  return cut && inside.some((loop) => ((active >> loop) & 1) === 1) ? 1 : 0;
});
