import type { CnnDesign } from './design.js';
import type { CnnGraph, Size } from './graph.js';

/** One convolution of a branch: its name in torchvision, its channels, its kernel and, where it halves the map, that. */
interface Step {
  readonly name: string;
  readonly channels: number;
  readonly kernel?: Size;
  /** Stride 2 and no padding. */
  readonly halves?: true;
}

const ROW = { rows: 1, columns: 7 } as const;
const COLUMN = { rows: 7, columns: 1 } as const;

/** The classifier at the side, which only helps in training, is left out. */
export const inceptionV3: CnnDesign = {
  name: 'inception-v3',
  description: 'Inception v3 for 299x299 images, without the auxiliary classifier',
  source:
    'Szegedy et al., Rethinking the Inception Architecture for Computer Vision, arXiv:1512.00567, Table 1 and Figures 5 to 7, 10; shapes and layer names as in torchvision.models.inception_v3',
  image: 299,
  layers: (graph) => {
    let x = chain(graph, 'image', [{ name: 'Conv2d_1a_3x3', channels: 32, kernel: 3, halves: true }]);
    x = convolution(graph, 'Conv2d_2a_3x3', x, 32, 3, 0);
    x = convolution(graph, 'Conv2d_2b_3x3', x, 64, 3);
    x = graph.pooling('maxpool1', x, 'max', { kernel: 3, stride: 2 });
    x = convolution(graph, 'Conv2d_3b_1x1', x, 80, 1);
    x = convolution(graph, 'Conv2d_4a_3x3', x, 192, 3, 0);
    x = graph.pooling('maxpool2', x, 'max', { kernel: 3, stride: 2 });
    x = blockA(graph, 'Mixed_5b', x, 32);
    x = blockA(graph, 'Mixed_5c', x, 64);
    x = blockA(graph, 'Mixed_5d', x, 64);
    x = blockB(graph, 'Mixed_6a', x);
    x = blockC(graph, 'Mixed_6b', x, 128);
    x = blockC(graph, 'Mixed_6c', x, 160);
    x = blockC(graph, 'Mixed_6d', x, 160);
    x = blockC(graph, 'Mixed_6e', x, 192);
    x = blockD(graph, 'Mixed_7a', x);
    x = blockE(graph, 'Mixed_7b', x);
    x = blockE(graph, 'Mixed_7c', x);
    graph.linear('fc', graph.globalAverage('avgpool', x), 1000);
  },
};

/** 35x35: Figure 5. */
function blockA(graph: CnnGraph, name: string, input: string, poolChannels: number): string {
  const branches = [
    [{ name: 'branch1x1', channels: 64 }],
    [
      { name: 'branch5x5_1', channels: 48 },
      { name: 'branch5x5_2', channels: 64, kernel: 5 },
    ],
    [
      { name: 'branch3x3dbl_1', channels: 64 },
      { name: 'branch3x3dbl_2', channels: 96, kernel: 3 },
      { name: 'branch3x3dbl_3', channels: 96, kernel: 3 },
    ],
  ] as const;
  return join(graph, name, input, branches, averaged(graph, name, input, poolChannels));
}

/** To 17x17: Figure 10. */
function blockB(graph: CnnGraph, name: string, input: string): string {
  const branches = [
    [{ name: 'branch3x3', channels: 384, kernel: 3, halves: true }],
    [
      { name: 'branch3x3dbl_1', channels: 64 },
      { name: 'branch3x3dbl_2', channels: 96, kernel: 3 },
      { name: 'branch3x3dbl_3', channels: 96, kernel: 3, halves: true },
    ],
  ] as const;
  return join(graph, name, input, branches, halved(graph, name, input));
}

/** 17x17: Figure 6, n = 7. */
function blockC(graph: CnnGraph, name: string, input: string, channels: number): string {
  const branches = [
    [{ name: 'branch1x1', channels: 192 }],
    [
      { name: 'branch7x7_1', channels },
      { name: 'branch7x7_2', channels, kernel: ROW },
      { name: 'branch7x7_3', channels: 192, kernel: COLUMN },
    ],
    [
      { name: 'branch7x7dbl_1', channels },
      { name: 'branch7x7dbl_2', channels, kernel: COLUMN },
      { name: 'branch7x7dbl_3', channels, kernel: ROW },
      { name: 'branch7x7dbl_4', channels, kernel: COLUMN },
      { name: 'branch7x7dbl_5', channels: 192, kernel: ROW },
    ],
  ] as const;
  return join(graph, name, input, branches, averaged(graph, name, input, 192));
}

/** To 8x8. */
function blockD(graph: CnnGraph, name: string, input: string): string {
  const branches = [
    [
      { name: 'branch3x3_1', channels: 192 },
      { name: 'branch3x3_2', channels: 320, kernel: 3, halves: true },
    ],
    [
      { name: 'branch7x7x3_1', channels: 192 },
      { name: 'branch7x7x3_2', channels: 192, kernel: ROW },
      { name: 'branch7x7x3_3', channels: 192, kernel: COLUMN },
      { name: 'branch7x7x3_4', channels: 192, kernel: 3, halves: true },
    ],
  ] as const;
  return join(graph, name, input, branches, halved(graph, name, input));
}

/** 8x8: Figure 7. Two branches end in a row and a column side by side. */
function blockE(graph: CnnGraph, name: string, input: string): string {
  const [row, column] = [
    { rows: 1, columns: 3 },
    { rows: 3, columns: 1 },
  ] as const;
  const one = convolution(graph, `${name}.branch1x1`, input, 320, 1);
  const reduced = convolution(graph, `${name}.branch3x3_1`, input, 384, 1);
  const short = [
    convolution(graph, `${name}.branch3x3_2a`, reduced, 384, row),
    convolution(graph, `${name}.branch3x3_2b`, reduced, 384, column),
  ];
  let double = convolution(graph, `${name}.branch3x3dbl_1`, input, 448, 1);
  double = convolution(graph, `${name}.branch3x3dbl_2`, double, 384, 3);
  const long = [
    convolution(graph, `${name}.branch3x3dbl_3a`, double, 384, row),
    convolution(graph, `${name}.branch3x3dbl_3b`, double, 384, column),
  ];
  return graph.concatenation(`${name}.concat`, [one, ...short, ...long, averaged(graph, name, input, 192)]);
}

/** The branches, each a chain of convolutions, and what was pooled, one after the other. */
function join(
  graph: CnnGraph,
  name: string,
  input: string,
  branches: readonly (readonly Step[])[],
  pooled: string,
): string {
  const ends = branches.map((steps) => chain(graph, input, steps, `${name}.`));
  return graph.concatenation(`${name}.concat`, [...ends, pooled]);
}

function chain(graph: CnnGraph, input: string, steps: readonly Step[], prefix = ''): string {
  let x = input;
  for (const { name, channels, kernel = 1, halves = false } of steps) {
    x = convolution(graph, prefix + name, x, channels, kernel, halves ? 0 : undefined, halves ? 2 : 1);
  }
  return x;
}

function averaged(graph: CnnGraph, name: string, input: string, channels: number): string {
  const pooled = graph.pooling(`${name}.pool`, input, 'average', { kernel: 3, stride: 1, padding: 1 });
  return convolution(graph, `${name}.branch_pool`, pooled, channels, 1);
}

function halved(graph: CnnGraph, name: string, input: string): string {
  return graph.pooling(`${name}.pool`, input, 'max', { kernel: 3, stride: 2 });
}

function convolution(
  graph: CnnGraph,
  name: string,
  input: string,
  channels: number,
  kernel: Size,
  padding?: number,
  stride = 1,
): string {
  const padded = padding === undefined ? {} : { padding };
  return graph.convolution(`${name}.conv`, input, channels, { kernel, stride, activation: 'relu', ...padded });
}
