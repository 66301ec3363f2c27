import { checkBits } from '../bits.js';
import { edges, type EdgesChoice } from './edges.js';
import type { PrecisionPolicy, WantedBits } from './policy.js';
import { residualSums } from './residual-sums.js';

/** The width of shortcuts where nothing else is said. */
export const DEFAULT_SHORTCUT_BITS = 16;

export interface ShortcutsChoice extends Omit<EdgesChoice, 'policy'> {
  readonly policy: 'shortcuts';
  /** Least width of what goes along shortcuts; 16 where left out. */
  readonly shortcutBits?: number;
}

/**
 * Full-precision shortcuts (fpsc), of the sequel of PACT (Choi et al., Accurate and Efficient 2-bit Quantized Neural
 * Networks, SysML 2019): `edges`, but residual sums read and make wide tensors, and convolutions on a shortcut are
 * wide. As a tensor is stored once, the next block reads the wide one and drops bits on the way in.
 */
export const shortcuts = {
  description: 'one width, wider edges, and residual shortcuts in a wide one (16 bits)',
  want(network, { shortcutBits: asked = DEFAULT_SHORTCUT_BITS, ...choice }) {
    const wanted = edges.want(network, { ...choice, policy: 'edges' });
    const shortcutBits = Math.max(choice.bits, checkBits(asked, 'precision', 'shortcutBits'));
    const wide = new Set(residualSums(network).flatMap(({ sum, shortcut }) => [sum, ...shortcut]));
    const layers = wanted.layers.map((own, index): WantedBits => {
      if (!wide.has(index)) return own;
      return {
        ...own,
        weightBits: Math.max(own.weightBits, shortcutBits),
        activationBits: Math.max(own.activationBits, shortcutBits),
      };
    });
    return { ...wanted, layers, ...(wide.size > 0 && shortcutBits > choice.bits ? { shortcutBits } : {}) };
  },
} as const satisfies PrecisionPolicy<ShortcutsChoice>;
