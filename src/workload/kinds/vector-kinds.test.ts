import { describe, expect, it } from 'vitest';
import { alone } from './alone.test-data.js';

describe('embedding', () => {
  it('has a table of which it moves the rows looked up', () => {
    // BERT: 30,522 words of 768 weights are 23,440,896.
    const layer = alone({ kind: 'embedding', input: 'a', rows: 30_522, features: 768 }, [1, 128, 1]);
    expect(layer.shape).toEqual({ channels: 768, height: 128, width: 1 });
    expect(layer.tableElements).toBe(23_440_896);
    expect(layer.weightElements).toBe(0);
    expect(layer.vectorOperations).toBe(98_304); // 128 * 768 copied
  });

  it('wants one index for each position', () => {
    expect(() => alone({ kind: 'embedding', input: 'a', rows: 10, features: 4 }, [2, 128, 1])).toThrow(
      'layers[0].input: must have one channel: an index for each position (found "a", 2x128x1)',
    );
  });
});

describe('reduce', () => {
  it('visits every element once', () => {
    const over = (axes: ('channels' | 'rows' | 'columns')[]) =>
      alone({ kind: 'reduce', input: 'a', function: 'mean', over: axes }, [6, 5, 4]);
    expect(over(['channels']).shape).toEqual({ channels: 1, height: 5, width: 4 });
    expect(over(['rows', 'columns']).shape).toEqual({ channels: 6, height: 1, width: 1 });
    for (const axes of [['channels'], ['rows'], ['rows', 'columns'], ['channels', 'rows', 'columns']] as const)
      expect(over([...axes]).vectorOperations).toBe(120);
    expect(() => over(['rows', 'rows'])).toThrow('layers[0].over: must name each axis once');
  });
});

describe('copy', () => {
  it('moves a whole tensor, or reads no more than there is and writes no more than is asked for', () => {
    const copy = { kind: 'copy', input: 'a' } as const;
    expect(alone(copy, [4, 3, 2])).toMatchObject({ vectorOperations: 24, inputElements: [24] });
    const padded = alone({ ...copy, output: { channels: 4, height: 5, width: 4 } }, [4, 3, 2]);
    expect(padded).toMatchObject({ vectorOperations: 80, inputElements: [24] });
    const gathered = alone({ ...copy, output: { channels: 4, height: 1, width: 1 } }, [4, 3, 2]);
    expect(gathered).toMatchObject({ vectorOperations: 4, inputElements: [4] });
  });
});

describe('pooling', () => {
  it('visits every element of every window', () => {
    // ResNet50: 3x3 at stride 2 with padding 1 over 112: (112 + 2 - 3) / 2 + 1 = 56.5, down 56. 64 * 56 * 56 * 9.
    const layer = alone({ kind: 'pooling', input: 'a', type: 'max', kernel: 3, stride: 2, padding: 1 }, [64, 112, 112]);
    expect(layer.shape).toEqual({ channels: 64, height: 56, width: 56 });
    expect(layer.vectorOperations).toBe(1_806_336);
    expect(layer.macs).toBe(0);
  });

  it('takes the whole map at once when global', () => {
    const layer = alone({ kind: 'pooling', input: 'a', type: 'average', kernel: 'global' }, [2048, 7, 5]);
    expect(layer.shape).toEqual({ channels: 2048, height: 1, width: 1 });
    expect(layer.nest).toMatchObject({
      groups: 2048,
      inputChannels: 1,
      outputChannels: 1,
      kernelRows: 7,
      kernelColumns: 5,
    });
    expect(layer.vectorOperations).toBe(71_680); // 2048 * 35
  });
});

describe('elementwise layers', () => {
  it('adds one time fewer than there are inputs', () => {
    const layer = alone({ kind: 'addition', inputs: ['a', 'b', 'c'] }, [4, 3, 2], [4, 3, 2], [4, 3, 2]);
    expect(layer.shape).toEqual({ channels: 4, height: 3, width: 2 });
    expect(layer.vectorOperations).toBe(48); // 24 elements, two additions each
    expect(layer.nest).toMatchObject({
      groups: 4,
      inputChannels: 1,
      outputChannels: 1,
      outputRows: 3,
      outputColumns: 2,
    });
  });

  it('repeats what has 1 along an axis, whichever of the two it is', () => {
    const sum = { kind: 'addition', inputs: ['a', 'b'] } as const;
    const gate = { kind: 'elementwise', inputs: ['a', 'b'], function: 'multiply' } as const;
    for (const layer of [sum, gate]) {
      // A squeeze-excitation gate: 64 x 3 x 2 elements are made, 384 and 64 are read.
      const scaled = alone({ ...layer, inputs: ['a', 'b'] }, [64, 3, 2], [64, 1, 1]);
      expect(scaled.shape).toEqual({ channels: 64, height: 3, width: 2 });
      expect(scaled).toMatchObject({ vectorOperations: 384, inputElements: [384, 64], inPlace: true });
      expect(alone({ ...layer, inputs: ['a', 'b'] }, [1, 3, 2], [64, 3, 2]).shape.channels).toBe(64);
      // Both repeated: nothing is there to write in place.
      const outer = alone({ ...layer, inputs: ['a', 'b'] }, [64, 1, 1], [1, 3, 2]);
      expect(outer).toMatchObject({ vectorOperations: 384, inputElements: [64, 6], inPlace: false });
    }
    expect(() => alone({ ...gate, inputs: ['a', 'b'] }, [64, 3, 2], [64, 2, 1])).toThrow(
      'layers[0].inputs[1]: must have the shape of "a", 64x3x2, or 1 along an axis where it is repeated (found "b", 64x2x1)',
    );
  });

  it('puts positions behind one another', () => {
    const layer = alone({ kind: 'concatenation', inputs: ['a', 'b'], axis: 'rows' }, [768, 1, 1], [768, 196, 1]);
    expect(layer.shape).toEqual({ channels: 768, height: 197, width: 1 });
    expect(layer.vectorOperations).toBe(151_296); // 768 * 197
    expect(() => alone({ kind: 'concatenation', inputs: ['a', 'b'], axis: 'rows' }, [768, 1, 1], [512, 9, 1])).toThrow(
      'layers[0].inputs[1]: must have the channels and width of "a" (768x1x1), 768x1 (found "b", 512x9x1)',
    );
  });

  it('takes several operations for what looks at a whole row', () => {
    const operations = (name: 'tanh' | 'rotary' | 'rms-normalization' | 'layer-normalization' | 'softmax') =>
      alone({ kind: 'activation', input: 'a', function: name }, [4, 3, 2]).vectorOperations;
    expect(operations('tanh')).toBe(24);
    expect(operations('rotary')).toBe(48);
    expect(operations('rms-normalization')).toBe(72);
    expect(operations('layer-normalization')).toBe(120);
    expect(operations('softmax')).toBe(120);
  });

  it('puts channels behind one another', () => {
    const layer = alone({ kind: 'concatenation', inputs: ['a', 'b', 'c'] }, [64, 5, 5], [96, 5, 5], [32, 5, 5]);
    expect(layer.shape).toEqual({ channels: 192, height: 5, width: 5 });
    expect(layer.vectorOperations).toBe(4800); // 192 * 25
  });

  it('applies a non-linearity to each element', () => {
    const layer = alone({ kind: 'activation', input: 'a', function: 'relu' }, [4, 3, 2]);
    expect(layer.shape).toEqual({ channels: 4, height: 3, width: 2 });
    expect(layer.vectorOperations).toBe(24);
  });

  it('marks a non-linearity that rides along', () => {
    const sum = { kind: 'addition' as const, inputs: ['a', 'b'] };
    expect(alone({ ...sum, activation: 'relu' }, [4, 3, 2], [4, 3, 2]).activation).toBe('fused');
    expect(alone({ ...sum, activation: 'none' }, [4, 3, 2], [4, 3, 2]).activation).toBe('none');
    expect(alone(sum, [4, 3, 2], [4, 3, 2]).activation).toBe('none');
  });
});
