/**
 * What an ONNX file may be. Everything is far above networks that exist and keeps a hostile file from taking more than
 * moments and a few hundred megabytes.
 */

/** Of a file that is read piece by piece, without its weights: as large as protobuf allows. */
export const MAX_FILE_BYTES = 2 ** 31;

/** Of a file in memory: weights are not copied, but they are there. */
export const MAX_MEMORY_BYTES = 384 * 2 ** 20;

/** Of a file without its weights. */
export const MAX_CONDENSED_BYTES = 128 * 2 ** 20;

export const MAX_NODES = 20_000;

/** Fields of messages and single numbers of lists, altogether. Of a weight, only its length is looked at. */
export const MAX_PARTS = 4_000_000;

/** Of one name. */
export const MAX_NAME_BYTES = 4_096;

/** Of all names together; other texts (documentation) are skipped, not read. */
export const MAX_TEXT_BYTES = 64 * 2 ** 20;

/** Dimensions of one tensor. */
export const MAX_RANK = 16;

/** Elements of a tensor whose values are looked at: shapes, axes, scales of a quantizer. All others are weights. */
export const MAX_CONTENT_ELEMENTS = 1_024;

/** Elements that are worked out in the graph altogether; what comes after counts as unknown. */
export const MAX_FOLDED_ELEMENTS = 1_000_000;

/** Complaints that are told one by one. */
export const MAX_ISSUES = 100;
