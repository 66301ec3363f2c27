import { expect, it } from 'vitest';
import { AccelsimError } from '../../src/index.js';
import { onnxShapes, operators } from '../../src/onnx.js';
import { onnxFile } from '../fixtures/onnx-file.js';
import { randomNumbers } from './mutations.js';
import { rewire } from './rewired.js';
import { runtimeShapes } from './runtime-shapes.js';
import { samples } from './samples/index.js';

const GRAPHS = 1_500;
const seed = Number(process.env['ACCELSIM_FUZZ_SEED'] ?? Date.now() % 2 ** 32);

it(`of ${GRAPHS} random graphs, those that a real runtime accepts too have its shapes (ACCELSIM_FUZZ_SEED=${seed})`, async () => {
  const random = randomNumbers(seed);
  const graphs = Object.values(samples).flatMap(({ graph, isForeign }) => (isForeign === true ? [] : [graph]));
  let compared = 0;
  for (let count = 0; count < GRAPHS; count += 1) {
    const graph = rewire(graphs[Math.floor(random() * graphs.length)]!, Object.keys(operators), random);
    // An input left out where none may be: the runtime infers nothing, and says so by a scalar.
    if (graph.nodes.some(({ input = [] }) => input.includes(''))) continue;
    const file = onnxFile(graph);
    const [own, runtime] = [ownShapes(file), await runtimeShapes(file, {}).catch(() => undefined)];
    if (own === undefined || runtime === undefined) continue;
    for (const [name, shape] of runtime) {
      // No shape and that of a scalar look the same.
      if (shape.length === 0 || !own.has(name)) continue;
      expect(own.get(name), `${name} of ${JSON.stringify(graph.nodes, writeBigint)}`).toEqual(shape);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(GRAPHS / 10);
});

function ownShapes(file: Uint8Array): ReadonlyMap<string, readonly number[]> | undefined {
  try {
    return onnxShapes(file, 'random.onnx');
  } catch (error) {
    if (error instanceof AccelsimError) return undefined;
    throw error;
  }
}

function writeBigint(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
