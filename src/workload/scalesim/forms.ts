import type { CsvRow } from '../../json/index.js';
import type { LayerJson } from '../schema.js';
import type { TensorShape } from '../tensor-shape.js';
import type { ScalesimReading } from './readings.js';

/** A layer as its row states it. */
export interface TopologyLayer {
  readonly name: string;
  /** In the order of the form's columns, all of them. */
  readonly sizes: readonly number[];
  /** The step along the columns where it is not the one along the rows (SCALE-Sim v2). */
  readonly columnStride: number | undefined;
}

/** What a row comes to. */
export interface RowMeaning {
  readonly input: TensorShape;
  readonly output: TensorShape;
  /** The layer, reading `input`. */
  readonly layer: (name: string, input: string) => LayerJson;
}

/** A way to write a topology. SCALE-Sim is told which by an option; here the header says it, or the first layer. */
export interface TopologyForm {
  readonly description: string;
  readonly nameColumn: string;
  /** The numbers behind the name, in SCALE-Sim's order. */
  readonly columns: readonly string[];
  /** Whether one more number may follow, the stride along the columns. */
  readonly columnStride: boolean;
  /** Whether sizes can be read in more than one way. */
  readonly padded: boolean;
  /** Whether a header is of this form, by its words in lower case. */
  readonly named: (words: readonly string[]) => boolean;
  readonly mean: (layer: TopologyLayer, reading: ScalesimReading) => RowMeaning;
}

const convolution: TopologyForm = {
  description: 'convolutions',
  nameColumn: 'Layer name',
  columns: ['IFMAP Height', 'IFMAP Width', 'Filter Height', 'Filter Width', 'Channels', 'Num Filter', 'Strides'],
  columnStride: true,
  padded: true,
  named: (words) => words.some((word) => /ifmap|filter|channel|stride/.test(word)),
  mean({ name, sizes, columnStride }, reading) {
    const [height = 1, width = 1, kernelRows = 1, kernelColumns = 1, channels = 1, filters = 1, stride = 1] = sizes;
    const along = columnStride ?? stride;
    const rows = reading.pad(height, kernelRows, stride);
    const columns = reading.pad(width, kernelColumns, along);
    // SCALE-Sim runs a layer with DP in its name once for each channel.
    const groups = name.includes('DP') ? channels : 1;
    const outputChannels = filters * groups;
    return {
      input: { channels, height, width },
      output: {
        channels: outputChannels,
        height: Math.floor((height + rows.before + rows.after - kernelRows) / stride) + 1,
        width: Math.floor((width + columns.before + columns.after - kernelColumns) / along) + 1,
      },
      layer: (layerName, input) => ({
        name: layerName,
        kind: 'convolution',
        input,
        outputChannels,
        kernel: { rows: kernelRows, columns: kernelColumns },
        stride: { rows: stride, columns: along },
        padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
        ...(groups === 1 ? {} : { groups }),
      }),
    };
  },
};

/** An M x K matrix times one of K x N, the latter the weights. */
const gemm: TopologyForm = {
  description: 'matrix products',
  nameColumn: 'Layer',
  columns: ['M', 'N', 'K'],
  columnStride: false,
  padded: false,
  named: (words) => ['m', 'n', 'k'].every((letter) => words.includes(letter)),
  mean({ sizes }) {
    const [positions = 1, outputFeatures = 1, channels = 1] = sizes;
    return {
      input: { channels, height: positions, width: 1 },
      output: { channels: outputFeatures, height: positions, width: 1 },
      layer: (name, input) => ({ name, kind: 'linear', input, outputFeatures }),
    };
  },
};

export const topologyForms = { convolution, gemm } as const satisfies Record<string, TopologyForm>;

/** Undefined where neither the header nor the first row below it looks like a topology. */
export function formOf(header: CsvRow, rows: readonly CsvRow[]): TopologyForm | undefined {
  const words = header.cells.map((cell) => cell.text.toLowerCase());
  const named = Object.values(topologyForms).find((form) => form.named(words));
  if (named !== undefined) return named;
  const first = rows.find(({ cells }) => cells.some((cell) => cell.text !== ''));
  const numbers = first?.cells.slice(1).filter((cell) => /^\d+$/.test(cell.text)).length ?? 0;
  // A matrix product has three numbers and a convolution seven.
  return numbers < 3 ? undefined : numbers < 5 ? gemm : convolution;
}
