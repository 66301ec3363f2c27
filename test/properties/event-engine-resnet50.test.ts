import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dataflows, readArch, resolveMachine, type DataflowName, type Machine } from '../../src/arch/index.js';
import { isStore, playLayer, tilePlanOf, type Arbitration, type PlayedEvent } from '../../src/cycle/events/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { planNetwork, type NetworkPlan } from '../../src/simulate/index.js';
import { readNetwork } from '../../src/workload/index.js';

const network = readNetwork(readFileSync('workloads/resnet50.json', 'utf8'), 'resnet50.json');
const arch = readArch(readFileSync('arch/default.json', 'utf8'), 'default.json');

function planAt(
  dataflow: DataflowName,
  bits: number,
  bandwidthGBps: number,
): { machine: Machine; planned: NetworkPlan } {
  const machine = resolveMachine({ ...arch, array: { ...arch.array, dataflows: [dataflow] } }, { bits, bandwidthGBps });
  return {
    machine,
    planned: planNetwork(network, assignPrecision(network, { policy: 'edges', bits }), machine, 'latency'),
  };
}

/** A layer played, and the largest of what one step of all cores computes, loads (latency included) and stores. */
function playOne({ pieces }: NetworkPlan, machine: Machine, layer: number, arbitration?: Arbitration) {
  const { problem, mapping } = pieces[layer]!;
  const tiles = new Map<string, number>();
  const sink = (event: PlayedEvent): void => {
    const stores = event.what === 'transfer' && isStore(event.kind);
    // Cores compute side by side, but share the channel.
    const key = event.what === 'compute' ? `core ${event.core} ${event.step}` : `${stores} ${event.step}`;
    tiles.set(key, (tiles.get(key) ?? 0) + event.endCycle - event.startCycle);
  };
  const play = playLayer(problem, tilePlanOf(mapping, machine), machine, { sink, arbitration });
  return { play, mapping, bottleneckTile: Math.max(...tiles.values()) };
}

const lastComeFirstServed: Arbitration = (waiting) => waiting.length - 1;
const storesFirst: Arbitration = (waiting) =>
  Math.max(
    0,
    waiting.findIndex(({ kind }) => isStore(kind)),
  );

describe('ResNet50, the mappings that were chosen, played event by event', () => {
  const flows = [
    'weight-stationary',
    'output-stationary',
    'input-stationary',
  ] as const satisfies (keyof typeof dataflows)[];
  const cases = flows.flatMap((flow) =>
    [16, 8, 4, 2].flatMap((bits) => [64, 32, Infinity].map((bandwidth) => ({ flow, bits, bandwidth }))),
  );

  it.each(cases)(
    'each layer within a tile of its bottleneck, the network within 1 %: $flow, $bits bits, $bandwidth GB/s',
    ({ flow, bits, bandwidth }) => {
      const { machine, planned } = planAt(flow, bits, bandwidth);
      let [played, simulated] = [0, 0];
      const beyond: string[] = [];
      for (const [index, layer] of network.layers.entries()) {
        const { play, mapping, bottleneckTile } = playOne(planned, machine, index);
        // Edge tiles, halos, folds and traffic are counted twice over, and agree to the cycle and the byte.
        expect([play.bytes.total, play.computeCycles], layer.name).toEqual([
          mapping.offChipBytes,
          mapping.candidate.computeCycles,
        ]);
        if (Math.abs(play.cycles - mapping.cycles) > bottleneckTile)
          beyond.push(`${layer.name}: ${play.cycles} played, ${mapping.cycles} simulated, tile ${bottleneckTile}`);
        played += play.cycles;
        simulated += mapping.cycles;
      }
      expect(beyond).toEqual([]);
      expect(Math.abs(played / simulated - 1)).toBeLessThan(0.01);
    },
  );

  it.each([
    { name: 'last come, first served', arbitration: lastComeFirstServed },
    { name: 'stores before loads of other cores', arbitration: storesFirst },
  ])('would not be, were the channel to serve $name', ({ arbitration }) => {
    const { machine, planned } = planAt('weight-stationary', 16, 32);
    const layer = network.layers.findIndex(({ name }) => name === 'layer1.0.conv3');
    const { play, mapping, bottleneckTile } = playOne(planned, machine, layer, arbitration);
    expect(play.cycles - mapping.cycles).toBeGreaterThan(10 * bottleneckTile);
  });
});
