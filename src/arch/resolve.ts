import { failure } from '../errors.js';
import { checkBits } from '../precision/index.js';
import { bytesPerCycle, kibToBytes, mm2ToUm2, nanosecondsToCycles, um2ToMm2 } from '../units.js';
import { checkBandwidth } from './bandwidth.js';
import { resolveDataflow } from './dataflow/index.js';
import { chipArea } from './chip-area.js';
import { machineEnergy } from './energy/machine-energy.js';
import type { ArraySize } from './iso-area.js';
import { chooseArray, elementsInArea, elementsWithin } from './iso-area.js';
import { MAX_ARRAY_SIDE } from './limits.js';
import { buildMac, macKindOf } from './mac/index.js';
import type { Machine } from './machine.js';
import { peakGBps, resolveOffChip } from './off-chip.js';
import { readArchValue, toArchJson } from './read.js';
import type { ArchSpec } from './schema.js';

/** What a run settles about its machine. */
export interface RunChoices {
  /** Nominal width of the run; null or left out where layers have widths of their own. */
  readonly bits?: number | null;
  /** In place of the bandwidth, or the memory, of the file; `Infinity` for an unlimited channel. */
  readonly bandwidthGBps?: number;
}

/** Nanoseconds times gigahertz may come out a hair above a whole number of cycles: by this fraction at most. */
const ROUNDING = 1e-12;

/**
 * Makes every choice a machine file leaves open. The area of the reference array, or the budget that the file states in
 * its place, buys as many elements of the width the run builds them for as it holds; the rest of the machine is the same at every width.
 * @throws AccelsimError if the file's values or the run's are out of range, or do not make a machine together.
 */
export function resolveMachine(spec: ArchSpec, choices: RunChoices = {}): Machine {
  const source = `machine ${spec.name}`;
  // A spec may have been varied by a program since it was read.
  const checked = readArchValue(toArchJson(spec), source);
  const { array, mac, offChip, clockGHz } = checked;
  const bits = choices.bits === undefined || choices.bits === null ? null : checkBits(choices.bits, source, 'bits');
  const bandwidthGBps = checkBandwidth(choices.bandwidthGBps ?? peakGBps(offChip), source);
  const external = resolveOffChip(offChip, choices.bandwidthGBps !== undefined);

  const kind = macKindOf(mac);
  const { designBits } = buildMac(mac, bits, source);
  const elementAreaUm2 = kind.elementAreaUm2(mac, designBits);
  const referenceAreaUm2 = kind.elementAreaUm2(mac, kind.referenceBits(mac));
  const depth = array.depth ?? 1;
  const reference = array.rows * array.columns;
  const { macBudgetMm2 } = array;
  const elements =
    macBudgetMm2 === undefined
      ? elementsWithin(reference, referenceAreaUm2, elementAreaUm2)
      : elementsInArea(mm2ToUm2(macBudgetMm2) / depth, elementAreaUm2);
  checkElements(elements, source, kind.label(mac, designBits), macBudgetMm2);
  const { rows, columns } = chooseArray(elements, array);
  const dataflows = array.dataflows.map(resolveDataflow);
  const area = chipArea(checked, {
    elements: rows * columns * depth,
    elementAreaUm2,
    designBits,
    preloads: array.preload === 'overlapped' && dataflows.some(({ stationary }) => stationary !== 'outputs'),
    bandwidthGBps,
    channels: external.memory?.channels ?? null,
  });

  return {
    name: checked.name,
    cores: checked.cores,
    rows,
    columns,
    depth,
    dataflows,
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
    packing: checked.packing ?? 'dense',
    offChip: external,
    bandwidthGBps,
    offChipBytesPerCycle: bytesPerCycle(bandwidthGBps, clockGHz),
    offChipLatencyCycles: Math.ceil(nanosecondsToCycles(offChip.latencyNs, clockGHz) * (1 - ROUNDING)),
    burstBytes: external.memory?.burstBytes ?? offChip.burstBytes ?? 1,
    schedule: { prefetch: checked.schedule?.prefetch ?? 'none', fusion: checked.schedule?.fusion ?? 'none' },
    area,
    energy: machineEnergy(checked, external, area.coresMm2, source),
    arrayChoice: sayChoice({
      label: kind.label(mac, designBits),
      referenceBits: kind.referenceBits(mac),
      reference,
      budgetMm2: macBudgetMm2 ?? um2ToMm2(reference * referenceAreaUm2),
      isStated: macBudgetMm2 !== undefined,
      elements,
      chosen: { rows, columns },
    }),
  };
}

function checkElements(elements: number, source: string, label: string, macBudgetMm2: number | undefined): void {
  const holder = macBudgetMm2 === undefined ? 'the area of the reference array' : `the budget of ${macBudgetMm2} mm2`;
  if (elements < 1) {
    throw failure(
      source,
      'array',
      `${holder} holds not one of the ${label}`,
      undefined,
      macBudgetMm2 === undefined ? 'enlarge rows or columns' : 'enlarge array.macBudgetMm2',
    );
  }
  if (elements > MAX_ARRAY_SIDE ** 2) {
    throw failure(source, 'array', `${holder} holds more ${label} than accelsim can lay out`, elements);
  }
}

interface Purchase {
  readonly label: string;
  readonly referenceBits: number;
  readonly reference: number;
  readonly budgetMm2: number;
  /** Whether the file states the budget, rather than reference elements that make it up. */
  readonly isStated: boolean;
  readonly elements: number;
  readonly chosen: ArraySize;
}

/** What the budget of one core bought, in a sentence. */
function sayChoice({ label, referenceBits, reference, budgetMm2, isStated, elements, chosen }: Purchase): string {
  const size = `${chosen.rows} x ${chosen.columns} per core`;
  const budget = `${Number(budgetMm2.toPrecision(3))} mm2`;
  if (isStated) return `${label}: ${counted(elements)} fit the budget of ${budget}: ${size}`;
  if (elements === reference) return `${label}: ${size}, ${counted(elements)} in ${budget}`;
  return `${label}: ${counted(elements)} fit the area of ${grouped(reference)} ${referenceBits}-bit ones (${budget}): ${size}`;
}

function counted(elements: number): string {
  return `${grouped(elements)} ${elements === 1 ? 'element' : 'elements'}`;
}

/** 1958 as 1,958. Not by `toLocaleString`, which takes longer to start than a layer takes to map. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
