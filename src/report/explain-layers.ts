import type { Bound, LayerResult, NetworkResult, Run } from '../performance/result.js';
import { bytesPerCycle, cyclesToMilliseconds } from '../units.js';
import type { Document } from './document.js';
import { bandwidth, bitWidth, milliseconds, percent, plural, significant, times } from './figures.js';

/** A layer that a narrower precision makes less than this many times faster hardly gains. */
const HARDLY = 1.1;

const boundNames = {
  compute: 'computing (the array)',
  memory: 'memory (the off-chip channel)',
  vector: 'the vector unit (pooling, additions)',
  scratchpad: 'the way between scratchpad and array',
  'on-chip': 'the shared buffer or the interconnect',
} as const satisfies Record<Bound, string>;

/** Told of every machine; what else may be waited for is told where it was. */
const ALWAYS: ReadonlySet<string> = new Set<Bound>(['compute', 'memory', 'vector']);

/** What holds the layers back, before and after: how many, and how much of the time they take. */
export function explainBounds(before: NetworkResult, after: NetworkResult): Document {
  return [
    { kind: 'heading', text: 'What holds the layers back' },
    {
      kind: 'paragraph',
      text: 'Each layer takes as long as the busiest part of the machine needs for it. That part is:',
    },
    {
      kind: 'table',
      table: {
        columns: [
          { header: '', align: 'left' },
          { header: `${bitWidth(before.precision.bits)}\nlayers`, align: 'right' },
          { header: '\nof the time', align: 'right' },
          { header: `${bitWidth(after.precision.bits)}\nlayers`, align: 'right' },
          { header: '\nof the time', align: 'right' },
        ],
        rows: boundsOf(before, after).map((bound) => [
          boundNames[bound],
          ...shareOf(before, bound),
          ...shareOf(after, bound),
        ]),
      },
    },
  ];
}

function isBound(name: string): name is Bound {
  return Object.hasOwn(boundNames, name);
}

function boundsOf(...results: readonly NetworkResult[]): Bound[] {
  const met = new Set<string>(results.flatMap(({ layers }) => layers.map(({ bound }) => bound)));
  return Object.keys(boundNames)
    .filter(isBound)
    .filter((bound) => ALWAYS.has(bound) || met.has(bound));
}

function shareOf({ layers, totals }: NetworkResult, bound: Bound): string[] {
  const held = layers.filter((layer) => layer.bound === bound);
  return [String(held.length), percent(sum(held, ({ totalCycles }) => totalCycles) / totals.totalCycles)];
}

/** The roofline: each layer limited by the peak or by the bytes it moves, whichever is slower, and by nothing else. */
export function explainRoofline(before: NetworkResult, after: NetworkResult): Document {
  return [
    { kind: 'heading', text: 'What a simple estimate says' },
    {
      kind: 'paragraph',
      text:
        'A roofline lets each layer take as long as its MACs need at full peak or as long as its bytes need over the off-chip ' +
        'channel, whichever is longer, and counts nothing else. No layer can be faster than that.',
    },
    ...(before.totals.macs === 0 ? [] : [{ kind: 'list' as const, items: [balance(before), balance(after)] }]),
    {
      kind: 'paragraph',
      text: rooflineText(before, after),
    },
  ];
}

function rooflineText(before: NetworkResult, after: NetworkResult): string {
  const [earlier, now] = [rooflineMs(before), rooflineMs(after)];
  if (earlier === 0 || now === 0)
    return 'It gives no time at all: the network has no MACs, and nothing that it moves takes time.';
  return (
    `It gives ${milliseconds(earlier)} and ${milliseconds(now)}, a speedup of ${times(earlier / now)}. ` +
    `The simulated times are ${times(before.totals.latencyMs / earlier)} and ${times(after.totals.latencyMs / now)} as long: ` +
    `the difference is ${before.totals.macs === 0 ? 'the vector unit' : 'the array that is not full'}, and transfers that computing cannot hide.`
  );
}

/** Where computing and moving take equally long, and on which side of it the whole network is. */
function balance({ arch, totals, precision }: NetworkResult): string {
  const label = bitWidth(precision.bits);
  const moved = totals.offChipBytes.total;
  const intensity = moved === 0 ? null : totals.macs / moved;
  const does =
    intensity === null
      ? 'the network moves no bytes at all'
      : `the network does ${significant(intensity)} MACs per byte moved`;
  if (arch.bandwidthGBps === Infinity)
    return `${label}: bandwidth is ${bandwidth(arch.bandwidthGBps)}, so only the peak counts; ${does}.`;
  const ridge = totals.peakMacsPerCycle / bytesPerCycle(arch.bandwidthGBps, arch.clockGHz);
  const side =
    intensity === null || intensity >= ridge
      ? 'so on the whole computing takes longer'
      : 'so on the whole moving takes longer';
  return `${label}: computing and moving balance at ${significant(ridge)} MACs per byte (the ridge point); ${does}, ${side}.`;
}

function rooflineMs({ layers, arch }: NetworkResult): number {
  const channel = bytesPerCycle(arch.bandwidthGBps, arch.clockGHz);
  const cyclesOf = ({ macs, peakMacsPerCycle, offChipBytes }: LayerResult): number =>
    Math.max(peakMacsPerCycle === 0 ? 0 : macs / peakMacsPerCycle, offChipBytes.total / channel);
  return cyclesToMilliseconds(sum(layers, cyclesOf), arch.clockGHz);
}

/** What the next narrower precision would give, and how many layers would hardly gain. */
export function explainNarrower({ result, narrower }: Run): Document {
  const heading = { kind: 'heading', text: 'One step narrower' } as const;
  if (narrower === null) {
    return [heading, { kind: 'paragraph', text: 'This machine has no narrower precision at which it would do more.' }];
  }
  const stuck = result.layers.filter((layer, index) => layer.totalCycles < HARDLY * (narrower.layerCycles[index] ?? 0));
  const share = sum(stuck, ({ totalCycles }) => totalCycles) / result.totals.totalCycles;
  return [
    heading,
    {
      kind: 'paragraph',
      text:
        `At ${bitWidth(narrower.bits)} it would take ${milliseconds(narrower.latencyMs)}, ${times(narrower.speedup)} faster than now. ` +
        `${plural(stuck.length, 'layer')} of ${result.layers.length}, with ${percent(share)} of the present time, would hardly gain ` +
        `(less than ${HARDLY} times).`,
    },
  ];
}

function sum(layers: readonly LayerResult[], of: (layer: LayerResult) => number): number {
  return layers.reduce((total, layer) => total + of(layer), 0);
}
