import { describe, expect, it } from 'vitest';
import { AccelsimError, buildNetwork } from '../../src/index.js';
import { importOnnx, operators } from '../../src/workload/onnx/index.js';
import { cpuMs } from '../fixtures/cpu-time.js';
import { onnxFile } from '../fixtures/onnx-file.js';
import { mutations, randomNumbers } from './mutations.js';
import { readPackageFile, realFiles } from './real-files.js';
import { rewire } from './rewired.js';
import { fileOf, samples } from './samples/index.js';

/** Mutated files in all; a run with the seed that a failure prints is the same run. */
const FILES = 20_000;
const REWIRED_FILES = 10_000;
const REAL_FILES = 300;
const MAX_MS = 2_000;
const seed = Number(process.env['ACCELSIM_FUZZ_SEED'] ?? Date.now() % 2 ** 32);

describe(`mutated files give a network or an error that says what is wrong (ACCELSIM_FUZZ_SEED=${seed})`, () => {
  const files = Object.values(samples).map(fileOf);
  const names = Object.keys(mutations) as (keyof typeof mutations)[];
  const each = Math.ceil(FILES / names.length);

  it.each(names)(`%s, ${each} small files`, (name) => {
    const outcomes = { network: 0, error: 0 };
    const random = randomNumbers(seed + names.indexOf(name));
    for (let count = 0; count < each; count += 1) {
      const [file, other] = [files[Math.floor(random() * files.length)]!, files[Math.floor(random() * files.length)]!];
      outcomes[outcomeOf(mutations[name](file, random, other))] += 1;
    }
    // A mutation that nothing minds would test nothing.
    expect(outcomes.error).toBeGreaterThan(0);
  });

  it(`${REWIRED_FILES} sound files of senseless graphs`, () => {
    const random = randomNumbers(seed);
    const graphs = Object.values(samples).map(({ graph }) => graph);
    const outcomes = { network: 0, error: 0 };
    for (let count = 0; count < REWIRED_FILES; count += 1) {
      const graph = graphs[Math.floor(random() * graphs.length)]!;
      outcomes[outcomeOf(onnxFile(rewire(graph, Object.keys(operators), random)))] += 1;
    }
    expect(outcomes.network).toBeGreaterThan(0);
    expect(outcomes.error).toBeGreaterThan(0);
  });

  it(`${REAL_FILES} real files`, () => {
    const random = randomNumbers(seed);
    const file = readPackageFile(realFiles['BlazeFace, front'].path);
    // Most of it is weights, which nobody reads; what is flipped is at the end, where the graph is.
    for (let count = 0; count < REAL_FILES; count += 1) {
      const changed = Uint8Array.from(file);
      changed.set(mutations['bits flipped'](file.subarray(-40_000), random), file.length - 40_000);
      outcomeOf(changed);
    }
  });
});

function outcomeOf(file: Uint8Array): 'network' | 'error' {
  const start = cpuMs();
  try {
    return told(file);
  } catch (error) {
    const text = Buffer.from(file).toString('base64');
    throw new Error(`seed ${seed}: neither a network nor an error for ${text.slice(0, 20_000)}`, { cause: error });
  } finally {
    expect(cpuMs() - start).toBeLessThan(MAX_MS);
  }
}

function told(file: Uint8Array): 'network' | 'error' {
  try {
    buildNetwork(importOnnx(file, 'mutated.onnx').network, 'mutated.onnx');
    return 'network';
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return 'error';
  }
}
