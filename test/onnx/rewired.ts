// Sound files of senseless graphs: what an exporter with a bug writes.
import type { NodeSketch, TensorSketch } from '../fixtures/onnx-file.js';
import type { GraphSketch } from '../fixtures/onnx-file.js';

/** The graph with some of its values, operators, attributes and sizes exchanged. */
export function rewire(graph: GraphSketch, operators: readonly string[], random: () => number): GraphSketch {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const values = [
    '',
    ...graph.nodes.flatMap(({ output = [] }) => output),
    ...graph.inputs.map((each) => each.name ?? ''),
    ...(graph.initializers ?? []).map((each) => each.name ?? ''),
  ];
  const rarely = (chance: number): boolean => random() < chance;
  const node = ({ name = '', domain = '', output = [], ...sketch }: NodeSketch): NodeSketch => ({
    name,
    domain,
    output,
    opType: rarely(0.2) ? pick(operators) : (sketch.opType ?? ''),
    input: [
      ...(sketch.input ?? []).map((value) => (rarely(0.2) ? pick(values) : value)),
      ...(rarely(0.2) ? [pick(values)] : []),
    ],
    attribute: (sketch.attribute ?? []).flatMap((attribute) => {
      if (rarely(0.1)) return [];
      if (!rarely(0.2)) return [attribute];
      const number = BigInt(pick([-3, -1, 0, 1, 2, 3, 7, 2 ** 31, 2 ** 53]));
      return [{ name: attribute.name ?? '', i: number, ints: [number, ...(attribute.ints ?? [])] }];
    }),
  });
  const tensor = (sketch: TensorSketch): TensorSketch => {
    if (!rarely(0.2)) return sketch;
    const dims = (sketch.dims ?? []).map((size) => (rarely(0.5) ? BigInt(pick([0, 1, 2, 3, 2 ** 20])) : size));
    return { ...sketch, dims, ...(sketch.int64Data === undefined ? {} : { int64Data: sketch.int64Data.map(shake) }) };
  };
  const shake = (number: bigint): bigint => (rarely(0.5) ? BigInt(pick([-1, 0, 1, 2, 5, 2 ** 40])) : number);
  return { ...graph, nodes: graph.nodes.map(node), initializers: (graph.initializers ?? []).map(tensor) };
}
