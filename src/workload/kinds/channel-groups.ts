import { formatShape } from '../tensor-shape.js';
import type { TensorShape } from '../tensor-shape.js';
import type { Report } from './layer-kind.js';

/** What a convolution, forwards or backwards, says of its channels. */
interface ChannelGroups {
  readonly input: string;
  readonly inputChannels?: number | undefined;
  readonly outputChannels: number;
  readonly groups: number;
}

/** Reports channels that are not the input's, or do not fall into whole groups; false where a nest cannot be made. */
export function checkChannelGroups(spec: ChannelGroups, shape: TensorShape, report: Report): boolean {
  const { groups, outputChannels, inputChannels } = spec;
  if (inputChannels !== undefined && inputChannels !== shape.channels) {
    const rule = `must be the ${shape.channels} channels of "${spec.input}" (${formatShape(shape)})`;
    report(['inputChannels'], rule, String(inputChannels));
  }
  const inputFits = shape.channels % groups === 0;
  if (!inputFits) report(['groups'], `must divide the ${shape.channels} channels of "${spec.input}"`, String(groups));
  const outputFits = outputChannels % groups === 0;
  if (!outputFits) report(['groups'], `must divide the ${outputChannels} output channels`, String(groups));
  return inputFits && outputFits;
}
