import { z } from 'zod';
import { axes, commonFields, input, size } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';

const description = 'a map made larger or smaller, without weights';

/** Elements that one output is made of along an axis. */
const modes = { nearest: 1, bilinear: 2 } as const;

const factor = z.number().positive().max(4096);

const schema = z
  .strictObject({
    ...commonFields('resize'),
    input,
    mode: z
      .enum(['nearest', 'bilinear'])
      .meta({ description: 'nearest: the nearest element, one vector operation; bilinear: of the four nearest, four' }),
    scale: z
      .union([
        factor.meta({ description: 'along both axes' }),
        z.strictObject({
          rows: factor.meta({ description: 'along the height' }),
          columns: factor.meta({ description: 'along the width' }),
        }),
      ])
      .optional()
      .meta({ description: 'output size over input size, rounded down; either this or size' }),
    size: z
      .strictObject({ height: size('rows of the output'), width: size('columns of the output') })
      .optional()
      .meta({ description: 'size of the output; either this or scale' }),
  })
  .meta({ description });

export const resize = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: false,
  infer(spec, [shape], report) {
    if (shape === undefined) return undefined;
    if ((spec.scale === undefined) === (spec.size === undefined)) {
      report([], 'must have either scale or size', spec.scale === undefined ? 'neither' : 'both');
      return undefined;
    }
    const by = axes(spec.scale ?? 1);
    const height = spec.size?.height ?? Math.floor(shape.height * by.rows);
    const width = spec.size?.width ?? Math.floor(shape.width * by.columns);
    if (height < 1 || width < 1) {
      report(['scale'], 'must leave at least one row and one column', `${height}x${width}`);
      return undefined;
    }
    const taps = modes[spec.mode];
    const rows = alongAxis(shape.height, height, taps);
    const columns = alongAxis(shape.width, width, taps);
    return {
      output: { channels: shape.channels, height, width },
      operationsPerOutput: taps * taps,
      mixesRows: true,
      nest: {
        batch: 1,
        groups: shape.channels,
        outputChannels: rows.copies * columns.copies,
        inputChannels: 1,
        outputRows: rows.positions,
        outputColumns: columns.positions,
        kernelRows: rows.kernel,
        kernelColumns: columns.kernel,
        inputRows: shape.height,
        inputColumns: shape.width,
        strideRows: rows.stride,
        strideColumns: columns.stride,
        dilationRows: 1,
        dilationColumns: 1,
        paddingTop: rows.padding,
        paddingLeft: columns.padding,
      },
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;

/** A window over one axis that reads what the outputs are made of. */
interface Steps {
  readonly positions: number;
  /** Outputs made at one position of the window. */
  readonly copies: number;
  readonly stride: number;
  readonly kernel: number;
  readonly padding: number;
}

/**
 * Larger by a whole factor: that many outputs at each input, of it and, where they are weighted, of both neighbours.
 * Larger by any other: every input is read once. Smaller: `taps` inputs for each output, of all that there are.
 */
function alongAxis(inputs: number, outputs: number, taps: number): Steps {
  if (outputs % inputs === 0) {
    const copies = outputs / inputs;
    const reach = copies > 1 && taps > 1 ? 1 : 0;
    return { positions: inputs, copies, stride: 1, kernel: 1 + 2 * reach, padding: reach };
  }
  if (outputs > inputs) return { positions: outputs, copies: 1, stride: 1, kernel: 1, padding: 0 };
  const stride = Math.max(taps, Math.floor(inputs / outputs));
  return { positions: outputs, copies: 1, stride, kernel: taps, padding: 0 };
}
