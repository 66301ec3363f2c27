/**
 * What an ONNX file may be. Everything is far above networks that exist and keeps a hostile file from taking more than
 * moments and a few hundred megabytes.
 */

/** Of the file. Larger networks keep their weights beside the graph, as external data, which is never read. */
export const MAX_FILE_BYTES = 384 * 2 ** 20;

export const MAX_NODES = 50_000;

/** Messages (nodes, attributes, tensors, dimensions) and single numbers of lists, altogether. */
export const MAX_PARTS = 2_000_000;

/** Of one name; longer texts (documentation) are skipped, not read. */
export const MAX_NAME_BYTES = 4_096;

/** Dimensions of one tensor. */
export const MAX_RANK = 16;

/** Elements of a tensor whose values are looked at: shapes, axes, scales of a quantizer. All others are weights. */
export const MAX_CONTENT_ELEMENTS = 4_096;

/** Complaints that are told one by one. */
export const MAX_ISSUES = 100;
