/**
 * Sizes that a network may have. They are far above anything that exists, and keep its counts (elements, operations)
 * below 2^53, so that they stay exact.
 */

/** Of one size in a file: channels, rows, stride and so on. */
export const MAX_SIZE = 2 ** 24;

/** Of one tensor, and of one layer's weights, over the whole batch. */
export const MAX_TENSOR_ELEMENTS = 2 ** 40;

/** MACs or vector operations of one network, over the whole batch. */
export const MAX_OPERATIONS = 2 ** 53 - 1;
