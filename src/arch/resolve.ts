import { failure } from '../errors.js';
import { checkBits } from '../precision/index.js';
import { bytesPerCycle, kibToBytes, nanosecondsToCycles, um2ToMm2 } from '../units.js';
import { checkBandwidth } from './bandwidth.js';
import { resolveDataflow } from './dataflow/index.js';
import { chipArea } from './chip-area.js';
import type { ArraySize } from './iso-area.js';
import { chooseArray, elementsWithin } from './iso-area.js';
import { MAX_ARRAY_SIDE } from './limits.js';
import { macKindOf } from './mac/index.js';
import type { Machine } from './machine.js';
import { readArchValue, toArchJson } from './read.js';
import type { ArchSpec } from './schema.js';

/** What a run settles about its machine. */
export interface RunChoices {
  /** Nominal width of the run; null or left out where layers have widths of their own. */
  readonly bits?: number | null;
  /** In place of the bandwidth of the file; `Infinity` for an unlimited channel. */
  readonly bandwidthGBps?: number;
}

/** Nanoseconds times gigahertz may come out a hair above a whole number of cycles: by this fraction at most. */
const ROUNDING = 1e-12;

/**
 * Makes every choice a machine file leaves open. The area of the reference array buys as many elements of the width
 * the run builds them for as it holds; the rest of the machine is the same at every width.
 * @throws AccelsimError if the file's values or the run's are out of range, or do not make a machine together.
 */
export function resolveMachine(spec: ArchSpec, choices: RunChoices = {}): Machine {
  const source = `machine ${spec.name}`;
  // A spec may have been varied by a program since it was read.
  const checked = readArchValue(toArchJson(spec), source);
  const { array, mac, offChip, clockGHz } = checked;
  const bits = choices.bits === undefined || choices.bits === null ? null : checkBits(choices.bits, source, 'bits');
  const bandwidthGBps = checkBandwidth(choices.bandwidthGBps ?? offChip.bandwidthGBps, source);

  const kind = macKindOf(mac);
  const designBits = kind.designBits(mac, bits);
  const elementAreaUm2 = kind.elementAreaUm2(mac, designBits);
  const referenceAreaUm2 = kind.elementAreaUm2(mac, kind.referenceBits(mac));
  const depth = array.depth ?? 1;
  const reference = array.rows * array.columns;
  const elements = elementsWithin(reference, referenceAreaUm2, elementAreaUm2);
  checkElements(elements, source, kind.label(mac, designBits));
  const { rows, columns } = chooseArray(elements, array);

  return {
    name: checked.name,
    cores: checked.cores,
    rows,
    columns,
    depth,
    dataflows: array.dataflows.map(resolveDataflow),
    preload: array.preload,
    mac,
    designBits,
    scratchpadBytesPerCore: kibToBytes(checked.scratchpad.capacityKiB),
    scratchpadBytesPerCycle: checked.scratchpad.bandwidthBytesPerCycle ?? Infinity,
    sharedBuffer:
      checked.sharedBuffer === undefined
        ? null
        : {
            bytes: kibToBytes(checked.sharedBuffer.capacityKiB),
            bytesPerCycle: checked.sharedBuffer.bandwidthBytesPerCycle ?? Infinity,
          },
    interconnect: {
      multicast: checked.interconnect?.multicast ?? true,
      bytesPerCycle: checked.interconnect?.bandwidthBytesPerCycle ?? Infinity,
    },
    vectorLanesPerCore: checked.vectorUnit.lanes,
    clockGHz,
    bandwidthGBps,
    offChipBytesPerCycle: bytesPerCycle(bandwidthGBps, clockGHz),
    offChipLatencyCycles: Math.ceil(nanosecondsToCycles(offChip.latencyNs, clockGHz) * (1 - ROUNDING)),
    burstBytes: offChip.burstBytes ?? 1,
    schedule: { prefetch: checked.schedule?.prefetch ?? 'none', fusion: checked.schedule?.fusion ?? 'none' },
    area: chipArea(checked, rows * columns * depth, elementAreaUm2),
    arrayChoice: sayChoice({
      label: kind.label(mac, designBits),
      referenceBits: kind.referenceBits(mac),
      reference,
      budgetMm2: um2ToMm2(reference * referenceAreaUm2),
      elements,
      chosen: { rows, columns },
    }),
  };
}

function checkElements(elements: number, source: string, label: string): void {
  if (elements < 1) {
    throw failure(
      source,
      'array',
      `the area of the reference array holds not one of the ${label}`,
      undefined,
      'enlarge rows or columns',
    );
  }
  if (elements > MAX_ARRAY_SIDE ** 2) {
    throw failure(
      source,
      'array',
      `the area of the reference array holds more ${label} than accelsim can lay out`,
      elements,
    );
  }
}

interface Purchase {
  readonly label: string;
  readonly referenceBits: number;
  readonly reference: number;
  readonly budgetMm2: number;
  readonly elements: number;
  readonly chosen: ArraySize;
}

/** What the budget of one core bought, in a sentence. */
function sayChoice({ label, referenceBits, reference, budgetMm2, elements, chosen }: Purchase): string {
  const size = `${chosen.rows} x ${chosen.columns} per core`;
  const budget = `${Number(budgetMm2.toPrecision(3))} mm2`;
  if (elements === reference) return `${label}: ${size}, ${grouped(elements)} elements in ${budget}`;
  return `${label}: ${grouped(elements)} elements fit the area of ${grouped(reference)} ${referenceBits}-bit ones (${budget}): ${size}`;
}

/** 1958 as 1,958. Not by `toLocaleString`, which takes longer to start than a layer takes to map. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
