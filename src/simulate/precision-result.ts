import type { NetworkResult } from '../performance/index.js';
import type { Precision } from '../precision/precision.js';

/** What a result says of bits: the nominal ones, and the exceptions that there are. */
export function precisionResult({
  bits,
  edgeBits,
  source,
  shortcutBits,
  kvCacheBits,
}: Precision): NetworkResult['precision'] {
  return {
    bits,
    edgeBits,
    ...(source === undefined ? {} : { source }),
    ...(shortcutBits === undefined ? {} : { shortcutBits }),
    ...(kvCacheBits === undefined ? {} : { kvCacheBits }),
  };
}
