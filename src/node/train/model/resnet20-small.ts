import { ClippedActivation } from '../layers/clipped-activation.js';
import { MeanPooling } from '../layers/pooling.js';
import type { TrainingLayer } from '../layers/layer.js';
import { Residual, Sequence } from '../layers/sequence.js';
import { type Model, Parts, type Place } from './model.js';

const BLOCKS = 3;

/**
 * ResNet20 as for CIFAR10 (He et al. 2015, arXiv:1512.03385, section 4.2): a convolution, three stages of three blocks
 * with c, 2c and 4c channels (16, 32 and 64 in the paper), a mean and a linear layer. Shortcuts that change shape are
 * 1x1 convolutions. What a block hands on, along the shortcut too, is rounded.
 */
export const resnet20Small = {
  description: 'a convolution, 9 residual blocks and a linear layer, after the CIFAR10 ResNet20 of the paper',
  build(blueprint) {
    const { channels: c, edgeBits } = blueprint;
    const parts = new Parts(blueprint);
    const blocks = [c, 2 * c, 4 * c].flatMap((width, stage) =>
      Array.from({ length: BLOCKS }, (_, index) => {
        const isFirst = index === 0;
        const from = isFirst && stage > 0 ? width / 2 : width;
        const isLast = stage === 2 && index === BLOCKS - 1;
        return block(parts, `stage${stage + 1}.block${index + 1}`, from, width, isLast ? 'edge' : 'middle');
      }).flat(),
    );
    return new Sequence('resnet20-small', [
      ...(edgeBits === null ? [] : [new ClippedActivation('image', edgeBits, 1, false)]),
      ...parts.normalized('conv1', 1, c, 3, 1, 'edge'),
      parts.activation('conv1.act', 'middle'),
      ...blocks,
      new MeanPooling('mean'),
      parts.linear('fc', 4 * c, 1),
    ]);
  },
} as const satisfies Model;

function block(parts: Parts, name: string, from: number, to: number, readBy: Place): TrainingLayer[] {
  const stride = from === to ? 1 : 2;
  const body = new Sequence(`${name}.body`, [
    ...parts.normalized(`${name}.conv1`, from, to, 3, stride, 'middle'),
    parts.activation(`${name}.conv1.act`, 'middle'),
    ...parts.normalized(`${name}.conv2`, to, to, 3, 1, 'middle'),
  ]);
  const layers = from === to ? [] : parts.normalized(`${name}.shortcut`, from, to, 1, stride, 'middle');
  return [new Residual(name, body, new Sequence(`${name}.path`, layers)), parts.activation(`${name}.act`, readBy)];
}
