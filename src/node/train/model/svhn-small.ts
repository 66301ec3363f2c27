import { ClippedActivation } from '../layers/clipped-activation.js';
import { MaxPooling } from '../layers/pooling.js';
import { Sequence } from '../layers/sequence.js';
import { type Model, Parts } from './model.js';

/**
 * Seven convolutions and a linear layer, as in the SVHN network of DoReFa-Net and PACT (48, 64, 64, 128, 128, 128 and
 * 512 channels), scaled down to c, c, c, 2c, 2c, 2c and 4c, with kernels of 3 x 3 throughout.
 */
export const svhnSmall = {
  description: '7 convolutions and a linear layer, after the SVHN network of the paper',
  build(blueprint) {
    const { channels: c, edgeBits, side } = blueprint;
    const parts = new Parts(blueprint);
    const widths = [c, c, c, 2 * c, 2 * c, 2 * c, 4 * c];
    const pooledAfter = new Set([0, 3]);
    const layers = widths.flatMap((width, index) => {
      const name = `conv${index + 1}`;
      const isLast = index === widths.length - 1;
      return [
        ...parts.normalized(name, widths[index - 1] ?? 1, width, 3, 1, index === 0 ? 'edge' : 'middle'),
        parts.activation(`${name}.act`, isLast ? 'edge' : 'middle'),
        ...(pooledAfter.has(index) ? [new MaxPooling(`${name}.pool`)] : []),
      ];
    });
    const mapSide = Math.floor(Math.floor(side / 2) / 2);
    return new Sequence('svhn-small', [
      ...(edgeBits === null ? [] : [new ClippedActivation('image', edgeBits, 1, false)]),
      ...layers,
      parts.linear('fc', 4 * c, mapSide),
    ]);
  },
} as const satisfies Model;
