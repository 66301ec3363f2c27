import type { Network } from '../../workload/network.js';
import type { EdgesChoice } from './edges.js';
import { edges } from './edges.js';
import type { ListedChoice } from './listed.js';
import { listed } from './listed.js';
import type { PerLayerChoice } from './per-layer.js';
import { perLayer } from './per-layer.js';
import type { PrecisionPolicy, WantedPrecision } from './policy.js';
import type { ShortcutsChoice } from './shortcuts.js';
import { shortcuts } from './shortcuts.js';
import type { UniformChoice } from './uniform.js';
import { uniform } from './uniform.js';

export type { EdgesChoice } from './edges.js';
export { DEFAULT_EDGE_BITS, edgeLayers } from './edges.js';
export type { ListedChoice, PrecisionEntry } from './listed.js';
export type { PerLayerChoice } from './per-layer.js';
export { listOf, precisionFileSchema, readPrecision } from './per-layer.js';
export type { PrecisionPolicy, WantedBits, WantedPrecision } from './policy.js';
export { type ResidualSum, residualSums } from './residual-sums.js';
export type { ShortcutsChoice } from './shortcuts.js';
export { DEFAULT_SHORTCUT_BITS } from './shortcuts.js';
export type { UniformChoice } from './uniform.js';

/** Every way to give a network its widths; help and menus derive from the keys. */
export const policies = {
  uniform,
  edges,
  shortcuts,
  'per-layer': perLayer,
  listed,
} as const satisfies {
  readonly [Name in PolicyChoice['policy']]: PrecisionPolicy<Extract<PolicyChoice, { policy: Name }>>;
};

export type PolicyName = keyof typeof policies;

/** A policy and what the user chose of it, as plain data. */
export type PolicyChoice = UniformChoice | EdgesChoice | ShortcutsChoice | PerLayerChoice | ListedChoice;

export function wantPrecision(network: Network, choice: PolicyChoice): WantedPrecision {
  // Sound because the table pairs each name with the policy of its own choice.
  const policy: PrecisionPolicy<PolicyChoice> = policies[choice.policy];
  return policy.want(network, choice);
}
