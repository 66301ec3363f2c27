import type { OnnxModel, OnnxNode } from '../file/model.js';
import { operatorOf } from './index.js';

const RECURRENT = 'a recurrent layer, whose steps wait for each other; unroll it into matrix products';
const DEPENDS_ON_DATA = 'how much it makes depends on data; export the network without its post-processing';

/** Why operators that networks do have are not mapped. */
const reasons: Readonly<Record<string, string>> = {
  LSTM: RECURRENT,
  GRU: RECURRENT,
  RNN: RECURRENT,
  NonMaxSuppression: DEPENDS_ON_DATA,
  NonZero: DEPENDS_ON_DATA,
  Unique: DEPENDS_ON_DATA,
  Compress: DEPENDS_ON_DATA,
  TopK: 'it sorts, which no layer does; export the network without its post-processing',
};

/** Why a node cannot be mapped, whatever its inputs; undefined where its operator is known. */
export function reasonAgainst(node: OnnxNode, { functions }: OnnxModel): string | undefined {
  if ([...node.attributes.values()].some(({ hasGraph }) => hasGraph))
    return 'control flow: which of its graphs runs, and how often, is decided by data; export what is meant without it';
  if (functions.has(node.operator)) return 'a function that the file defines; inline functions before';
  if (operatorOf(node.operator, node.domain) !== undefined) return undefined;
  const domain = node.domain === '' ? '' : ` of domain ${node.domain}`;
  return reasons[node.operator] ?? `an operator${domain} that is not known here`;
}
