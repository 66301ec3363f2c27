import { availableParallelism, totalmem } from 'node:os';
import { constrainedMemory, versions } from 'node:process';
import { setFlagsFromString } from 'node:v8';

/**
 * By the major version of V8: what lets a function run for longer before it is compiled with all its art. Each thread
 * compiles for itself, and what is compiled early is often thrown away and compiled again: half of the compiling is saved,
 * and next to nothing of the speed is lost. A version that is not here may not know the flag, and keeps its own measure.
 */
const PATIENCE: Readonly<Record<string, string>> = {
  11: '--interrupt-budget=500000',
  12: '--invocation-count-for-turbofan=20000',
  13: '--invocation-count-for-turbofan=20000',
};

/** What all threads together may have for objects that are young, and each of them at least and at most. */
const YOUNG_MIB = { together: 1024, least: 64, most: 256 } as const;
/** And of the memory there is. */
const YOUNG_FRACTION = 1 / 8;

/** Sets V8 for a command that answers points on so many threads: for all of its process, so this is for commands only. */
export function setEngine(threads: number): void {
  for (const flag of engineFlags(threads)) setFlagsFromString(flag);
}

/**
 * What is asked of V8. Where a core is left over, it compiles and collects for the threads, and nothing need be changed;
 * where there is none, that would take its time from them.
 */
export function engineFlags(threads: number): string[] {
  if (threads < availableParallelism()) return [];
  const patience = PATIENCE[versions.v8.split('.', 1)[0]!];
  return [...(patience === undefined ? [] : [patience]), '--no-parallel-scavenge'];
}

/**
 * Room for young objects of each of so many threads. Much of what a search makes is dropped soon after: with room for it,
 * less of it is carried about first.
 */
export function youngMiB(threads: number, memoryBytes = memoryHere()): number {
  const { together, least, most } = YOUNG_MIB;
  const all = Math.min(together, (YOUNG_FRACTION * memoryBytes) / 2 ** 20);
  return Math.min(most, Math.max(least, Math.floor(all / threads)));
}

/** Of the computer, or what a container leaves of it. */
function memoryHere(): number {
  const limit = constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}
