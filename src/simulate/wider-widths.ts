import { computedBits, macKindOf, storedValue } from '../arch/mac/index.js';
import type { Machine } from '../arch/machine.js';
import type { Precision } from '../precision/precision.js';
import type { Network } from '../workload/network.js';

/**
 * Where the circuits compute with wider operands than a layer has: a sentence for each pair of widths. Their memory and
 * traffic stay those of the stated widths, unless the units store values in formats of their own.
 */
export function widerWidths(network: Network, precision: Precision, machine: Machine): readonly string[] {
  const layersOf = new Map<string, { readonly weightBits: number; readonly activationBits: number; names: string[] }>();
  for (const [index, { engine, name }] of network.layers.entries()) {
    if (engine !== 'array') continue;
    const { weightBits, activationBits } = precision.layers[index]!;
    const computed = computedBits(machine, weightBits, activationBits);
    if (computed.weightBits === weightBits && computed.activationBits === activationBits) continue;
    const key = `${weightBits} ${activationBits}`;
    const known = layersOf.get(key);
    if (known === undefined) layersOf.set(key, { weightBits, activationBits, names: [name] });
    else known.names.push(name);
  }
  return [...layersOf.values()].map(({ weightBits, activationBits, names }) => {
    const computed = computedBits(machine, weightBits, activationBits);
    const taken = macKindOf(machine.mac).taken(machine.mac, machine.designBits, weightBits, activationBits);
    const which = names.length === 1 ? `layer ${names[0]} computes` : `${names.length} layers compute`;
    const gain =
      storedValue(machine.mac, weightBits).bits === weightBits
        ? 'only memory and traffic gain by the narrower width'
        : 'they are stored and moved so, too';
    const given = operands(weightBits, activationBits);
    return `${which} on ${machine.name} with ${given} ${taken}, no faster than with ${operands(computed.weightBits, computed.activationBits)}; ${gain}`;
  });
}

function operands(weightBits: number, activationBits: number): string {
  if (weightBits === activationBits) return `${weightBits}-bit operands`;
  return `${weightBits}-bit weights and ${activationBits}-bit activations`;
}
