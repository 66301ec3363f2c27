/** Sizes of an activation tensor: values lie by sample, channel and position. */
export interface ActivationShape {
  readonly samples: number;
  readonly channels: number;
  /** Rows times columns. */
  readonly positions: number;
}

/** Which activations share a clipping level. */
export interface PactScope {
  readonly description: string;
  /** Levels a layer has. */
  readonly count: (shape: ActivationShape) => number;
  /** Values that lie one after another and share a level. */
  readonly run: (shape: ActivationShape) => number;
}

/**
 * The paper has one level per layer: a level per channel or per element costs hardware a scale for each, and a sum over
 * channels with different scales is no integer sum. Those two are for study.
 */
export const pactScopes = {
  layer: {
    description: 'one clipping level for the whole layer',
    count: () => 1,
    run: ({ samples, channels, positions }) => samples * channels * positions,
  },
  channel: {
    description: 'one for each channel',
    count: ({ channels }) => channels,
    run: ({ positions }) => positions,
  },
  element: {
    description: 'one for each element of a sample',
    count: ({ channels, positions }) => channels * positions,
    run: () => 1,
  },
} as const satisfies Record<string, PactScope>;

export type PactScopeName = keyof typeof pactScopes;

/** Number of values of a tensor. */
export function activationCount({ samples, channels, positions }: ActivationShape): number {
  return samples * channels * positions;
}
