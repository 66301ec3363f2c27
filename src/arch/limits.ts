/**
 * Upper ends of what a machine file may say. They are far above anything that is built, and low enough that every
 * product the model forms (MACs per cycle, bytes on chip) is an exact integer in double precision (below 2^53).
 */
export const MAX_CORES = 4096;
/** Rows, or columns, of one array, also of one that an area budget bought. */
export const MAX_ARRAY_SIDE = 65_536;
export const MAX_SCRATCHPAD_KIB = 2 ** 30;
export const MAX_VECTOR_LANES = 2 ** 20;
export const MAX_BANDWIDTH_GBPS = 1e9;
/** Below it a byte takes so long that cycle counts are no longer exact. */
export const MIN_BANDWIDTH_GBPS = 1e-3;
export const MAX_CLOCK_GHZ = 100;
export const MIN_CLOCK_GHZ = 1e-3;
export const MAX_LATENCY_NS = 1e9;
export const MAX_AREA_FIGURE = 1e9;
/** Of one processing element. */
export const MAX_REGISTER_BITS = 2 ** 20;
/** Of on-chip memories and the interconnect. */
export const MAX_BYTES_PER_CYCLE = 2 ** 30;
export const MIN_BYTES_PER_CYCLE = 1e-3;
export const MAX_BURST_BYTES = 65_536;
export const MAX_MEMORY_CHANNELS = 4096;
export const MAX_PJ_PER_BIT = 1e6;
