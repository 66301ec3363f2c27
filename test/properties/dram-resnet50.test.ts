import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memories, memoryNames, readArch, resolveMachine, resolveMemory, withMemory } from '../../src/arch/index.js';
import { Dram } from '../../src/cycle/dram/index.js';
import { playLayer, tilePlanOf } from '../../src/cycle/events/index.js';
import { memoryRate } from '../../src/performance/channel-rate.js';
import { LayerPricer } from '../../src/performance/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { planNetwork } from '../../src/simulate/index.js';
import { readNetwork } from '../../src/workload/index.js';

const network = readNetwork(readFileSync('workloads/resnet50.json', 'utf8'), 'resnet50.json');
const arch = readArch(readFileSync('arch/default.json', 'utf8'), 'default.json');

/**
 * What is left between a mean and one course of events: in which banks operands lie, and where in a refresh interval a
 * layer falls. A layer of fewer microseconds than an interval may meet one refresh or none (7 % of an interval); a row
 * conflict of 35 ns more or less is much of a transfer that a stack of 32 channels is through with in 20.
 */
const NETWORK_TOLERANCE = 0.02;
const CHANNEL_TOLERANCE = 0.03;
const LAYER_TOLERANCE = 0.17;

describe('the closed form of off-chip memory against its banks, on ResNet50 played event by event', () => {
  const cases = memoryNames.flatMap((name) => [16, 4].map((bits) => ({ name, bits })));

  it.each(cases)('$name, $bits bits', ({ name, bits }) => {
    const machine = resolveMachine(withMemory(arch, { memory: name }), { bits });
    const precision = assignPrecision(network, { policy: 'edges', bits });
    const { pieces } = planNetwork(network, precision, machine, 'latency');
    const played = { cycles: 0, channel: 0 };
    const closed = { cycles: 0, channel: 0 };
    let bound = 0;
    for (const { layer, problem, mapping } of pieces) {
      const play = playLayer(problem, tilePlanOf(mapping, machine), machine);
      const pricer = new LayerPricer(problem, machine);
      pricer.price({ ...mapping.candidate });
      const { channelCycles } = pricer.traffic;
      const { name: of } = network.layers[layer]!;
      played.cycles += play.cycles;
      closed.cycles += mapping.cycles;
      // A channel that mostly idles may wait for a refresh that nobody else would: of those only the end matters.
      if (channelCycles < 0.5 * mapping.cycles) continue;
      bound += 1;
      played.channel += play.channelCycles;
      closed.channel += channelCycles;
      expect(Math.abs(channelCycles / play.channelCycles - 1), of).toBeLessThan(LAYER_TOLERANCE);
    }
    expect(Math.abs(closed.cycles / played.cycles - 1)).toBeLessThan(NETWORK_TOLERANCE);
    if (bound > 0) expect(Math.abs(closed.channel / played.channel - 1)).toBeLessThan(CHANNEL_TOLERANCE);
    // The slower memories bound most of its 72 layers at 16 bits.
    if (bits === 16 && machine.bandwidthGBps < 60) expect(bound).toBeGreaterThan(50);
  });
});

describe('the same on streams of equal transfers, back to back', () => {
  /** Operands that take turns, each with a region of memory to itself, the last of them written. */
  const patterns = [
    { name: 'one operand', operands: 1, writes: 0, tolerance: 0.02 },
    { name: 'two operands', operands: 2, writes: 0, tolerance: 0.03 },
    { name: 'two operands and a store', operands: 3, writes: 1, tolerance: 0.03 },
    { name: 'a load and a store', operands: 2, writes: 1, tolerance: 0.03 },
  ];

  it.each(memoryNames.flatMap((name) => patterns.map((pattern) => ({ memory: name, ...pattern }))))(
    '$memory, $name, from 128 bursts a channel on',
    ({ memory: name, operands, writes, tolerance }) => {
      const memory = resolveMemory(name, memories[name]);
      const rate = memoryRate(memory, 1);
      for (const bursts of [128, 512, 2048]) {
        // Not a whole part of a row, so that rows begin anywhere in a transfer.
        const bytes = (bursts + 1) * memory.channels * memory.burstBytes;
        const dram = new Dram(memory);
        let [now, closed] = [0, 0];
        for (let turn = 0; turn < 200_000 / bursts; turn += 1) {
          const operand = turn % operands;
          const isWrite = operand >= operands - writes;
          const address = operand * 2 ** 40 + Math.floor(turn / operands) * bytes;
          now = dram.transfer({ address, bytes, isWrite, knownNs: Math.max(0, now - 100), startNs: now });
          closed += rate.transferCycles(bytes, 1) + (isWrite ? rate.turnaroundCycles : 0);
        }
        expect(Math.abs(closed / now - 1), `${bytes} bytes`).toBeLessThan(tolerance);
      }
    },
  );
});
