import type { ArchSpec } from '../arch/index.js';
import { judgePact, type ClaimResult } from './pact/claims.js';
import { measurePact } from './pact/measure.js';
import { pactSpeedup } from './pact/published.js';
import { keyFigures, type KeyFigures } from './sensitivity.js';
import type { Subject } from './variations.js';

/**
 * Capacities tried, KiB per core: multiples of 16 from 1 to 4 MiB over 16 cores, as in `plausibleMachines`. IBM's core of
 * 2018 has 2 MiB (Fleischer et al., VLSI Circuits 2018); a small fraction of that would meet the 4.5 once more.
 */
export const CALIBRATION_CAPACITIES_KIB: readonly number[] = Array.from({ length: 13 }, (_, step) => 16 * (step + 4));

export interface CalibrationStep extends KeyFigures {
  readonly capacityKiB: number;
}

export interface Calibration {
  readonly steps: readonly CalibrationStep[];
  /** The capacity whose speedup is nearest the target; the smaller of equals. */
  readonly capacityKiB: number;
  /** Every claim at that capacity. */
  readonly claims: readonly ClaimResult[];
}

/**
 * Fits the scratchpad capacity, the one free parameter that is fitted; the rest of the machine stays as its file says.
 * @param onProgress is told how many capacities are done, and how many there are.
 */
export function calibrate(subject: Subject, onProgress?: (done: number, all: number) => void): Calibration {
  const steps = CALIBRATION_CAPACITIES_KIB.map((capacityKiB, done): CalibrationStep => {
    onProgress?.(done, CALIBRATION_CAPACITIES_KIB.length);
    return { capacityKiB, ...keyFigures({ ...subject, arch: withCapacity(subject.arch, capacityKiB) }) };
  });
  onProgress?.(steps.length, steps.length);
  const best = steps.reduce((nearest, step) => (miss(step) < miss(nearest) ? step : nearest));
  const chosen = withCapacity(subject.arch, best.capacityKiB);
  return {
    steps,
    capacityKiB: best.capacityKiB,
    claims: judgePact(measurePact(chosen, subject.network, subject.mode)),
  };
}

function miss(step: CalibrationStep): number {
  return Math.abs(step.speedup - pactSpeedup.speedup);
}

/** The same machine with another scratchpad. */
export function withCapacity(arch: ArchSpec, capacityKiB: number): ArchSpec {
  return { ...arch, scratchpad: { ...arch.scratchpad, capacityKiB } };
}

/** A machine built otherwise, with as much memory in all as it takes to judge it fairly. */
export interface Structure {
  readonly cores: number;
  readonly rows: number;
  readonly columns: number;
  readonly clockGHz: number;
  readonly totalScratchpadKiB: number;
}

/** The subject's machine rebuilt as `structure`, vector lanes in proportion to the array. */
export function restructure(arch: ArchSpec, structure: Structure): ArchSpec {
  const { cores, rows, columns, clockGHz, totalScratchpadKiB } = structure;
  const lanes = Math.max(
    1,
    Math.round((arch.vectorUnit.lanes * rows * columns) / (arch.array.rows * arch.array.columns)),
  );
  return {
    ...arch,
    cores,
    clockGHz,
    array: { ...arch.array, rows, columns },
    scratchpad: { ...arch.scratchpad, capacityKiB: totalScratchpadKiB / cores },
    vectorUnit: { ...arch.vectorUnit, lanes },
  };
}

/** Other machines that IBM's published cores make plausible: how special is the default among them? */
export const plausibleStructures: readonly Structure[] = [
  { cores: 8, rows: 16, columns: 32 },
  { cores: 16, rows: 16, columns: 16 },
  { cores: 64, rows: 8, columns: 8 },
].flatMap((shape) =>
  [1, 1.5].flatMap((clockGHz) =>
    [1024, 1536, 2048, 4096].map((totalScratchpadKiB) => ({ ...shape, clockGHz, totalScratchpadKiB })),
  ),
);
