import type { Network } from '../../workload/network.js';
import { byExpression } from './by-expression.js';
import type { ExpressionSelection } from './by-expression.js';
import { byKind } from './by-kind.js';
import type { KindSelection } from './by-kind.js';
import { byName } from './by-name.js';
import type { NameSelection } from './by-name.js';
import { byPosition } from './by-position.js';
import type { PositionSelection } from './by-position.js';
import { byTensor } from './by-tensor.js';
import type { TensorSelection } from './by-tensor.js';
import { byWildcard } from './by-wildcard.js';
import type { WildcardSelection } from './by-wildcard.js';
import type { Miss, Selected, Selector, Suggest } from './selector.js';

export type { Miss, Selected, Suggest } from './selector.js';

/** What an entry speaks of, as plain data. */
export type LayerSelection =
  | NameSelection
  | WildcardSelection
  | ExpressionSelection
  | KindSelection
  | PositionSelection
  | TensorSelection;

/** Every way in which an entry of a precision file can say what it speaks of. */
export const selectors = {
  name: byName,
  wildcard: byWildcard,
  expression: byExpression,
  kind: byKind,
  position: byPosition,
  tensor: byTensor,
} as const satisfies {
  readonly [By in LayerSelection['by']]: Selector<Extract<LayerSelection, { by: By }>>;
};

// Sound because the table pairs each way with the selections that name it.
function selectorOf(selection: LayerSelection): Selector<LayerSelection> {
  return selectors[selection.by];
}

/** @throws AccelsimError if the selection cannot be understood */
export function selectLayers(network: Network, selection: LayerSelection): Selected {
  return selectorOf(selection).select(network, selection);
}

/** Why a selection met nothing. */
export function explainMiss(network: Network, selection: LayerSelection, suggest: Suggest): Miss {
  return selectorOf(selection).miss(network, selection, suggest);
}

/** Whether a selection names one layer, so that what is stated has to suit it. */
export function namesOne(selection: LayerSelection): boolean {
  return selectorOf(selection).names;
}

/** The same for a layer or tensor that the network calls `name`. */
export function renameSelection(selection: LayerSelection, name: string): LayerSelection {
  return selectorOf(selection).renamed(selection, name);
}
