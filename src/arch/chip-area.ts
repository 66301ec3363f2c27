import { BYTES_PER_KIB, BYTES_PER_MIB, um2ToMm2 } from '../units.js';
import type { MachineArea } from './machine.js';
import type { ArchSpec } from './schema.js';

/** Area of a chip whose cores each hold `elements` processing elements of `elementAreaUm2`. */
export function chipArea(spec: ArchSpec, elements: number, elementAreaUm2: number): MachineArea {
  const { areaMm2PerMiB, capacityKiB } = spec.scratchpad;
  const { areaUm2PerLane, lanes } = spec.vectorUnit;
  const macArrayMm2 = spec.cores * um2ToMm2(elements * elementAreaUm2);
  const scratchpadMm2 =
    areaMm2PerMiB === undefined ? null : (spec.cores * areaMm2PerMiB * capacityKiB * BYTES_PER_KIB) / BYTES_PER_MIB;
  const sharedBufferMm2 = sharedBufferArea(spec);
  const vectorUnitMm2 = areaUm2PerLane === undefined ? null : spec.cores * um2ToMm2(lanes * areaUm2PerLane);
  const totalMm2 =
    scratchpadMm2 === null || sharedBufferMm2 === null || vectorUnitMm2 === null
      ? null
      : macArrayMm2 + scratchpadMm2 + sharedBufferMm2 + vectorUnitMm2;
  return { macArrayMm2, scratchpadMm2, sharedBufferMm2, vectorUnitMm2, totalMm2 };
}

function sharedBufferArea({ sharedBuffer }: ArchSpec): number | null {
  if (sharedBuffer === undefined) return 0;
  const { areaMm2PerMiB, capacityKiB } = sharedBuffer;
  return areaMm2PerMiB === undefined ? null : (areaMm2PerMiB * capacityKiB * BYTES_PER_KIB) / BYTES_PER_MIB;
}
