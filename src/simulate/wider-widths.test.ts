import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { archOf } from '../../test/properties/machines.test-data.js';
import { resolveMachine, type MacSpec } from '../arch/index.js';
import { assignPrecision, type PolicyChoice } from '../precision/index.js';
import { readNetwork } from '../workload/index.js';
import { simulateNetwork } from './network.js';
import { widerWidths } from './wider-widths.js';

// LeNet: two convolutions and three fully connected layers compute on the array, two poolings do not.
const lenet = readNetwork(readFileSync(new URL('../../examples/lenet.json', import.meta.url), 'utf8'), 'lenet');
const area = { model: 'polynomial', productUm2: 1, linearUm2: 2, constantUm2: 12 } as const;
const configurable = archOf({}).mac;

function said(mac: MacSpec, choice: PolicyChoice): readonly string[] {
  const precision = assignPrecision(lenet, choice);
  const machine = resolveMachine({ ...archOf({}), mac }, { bits: precision.bits });
  const { warnings } = simulateNetwork(lenet, precision, machine, 'latency');
  expect(warnings).toEqual(widerWidths(lenet, precision, machine));
  return warnings;
}

describe('widerWidths', () => {
  it('says that no mode is as narrow as the operands, and that memory has their width', () => {
    expect(said(configurable, { policy: 'uniform', bits: 3 })).toEqual([
      '5 layers compute on sketch with 3-bit operands in the 4-bit mode, no faster than with 4-bit operands; only memory and traffic gain by the narrower width',
    ]);
  });

  it('says each pair of widths once, and one layer by its name', () => {
    const layers = { conv2: { weightBits: 2, activationBits: 8 } };
    const choice: PolicyChoice = {
      policy: 'per-layer',
      source: 'bits.json',
      default: { weightBits: 8, activationBits: 8 },
      layers,
    };
    expect(said(configurable, choice)).toEqual([
      'layer conv2 computes on sketch with 2-bit weights and 8-bit activations in the 8-bit mode, no faster than with 8-bit operands; only memory and traffic gain by the narrower width',
    ]);
  });

  it('tells the operand that gains from the one that does not', () => {
    const stripes = {
      kind: 'bit-serial',
      serial: 'activations',
      referenceBits: 16,
      flexibilityFactor: 1,
      area,
    } as const;
    expect(said(stripes, { policy: 'uniform', bits: 4 })).toEqual([
      '5 layers compute on sketch with 4-bit operands in 4 cycles, bit by bit, no faster than with 16-bit weights and 4-bit activations; only memory and traffic gain by the narrower width',
    ]);
  });

  it('does not promise narrower memory where values are stored in formats', () => {
    const formats = { 16: 'bf16', 4: 'mxfp4' } as const;
    const float = { kind: 'floating-point', formats, flexibilityFactor: 1, area } as const;
    expect(said(float, { policy: 'uniform', bits: 3 })).toEqual([
      '5 layers compute on sketch with 3-bit operands as mxfp4, no faster than with 4-bit operands; they are stored and moved so, too',
    ]);
  });

  it.each([1, 2, 4, 8, 16, 32])(
    'has nothing to say where the circuits are as wide as the operands, as at %d bits',
    (bits) => {
      const built = { kind: 'dedicated', designBits: 'run', referenceBits: 16, area } as const;
      expect(said(built, { policy: 'uniform', bits })).toEqual([]);
      if (bits > 1) expect(said(configurable, { policy: 'edges', bits })).toEqual([]);
    },
  );
});
