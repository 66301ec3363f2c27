import type { Candidate } from './candidate.js';
import type { ClassFolds, FoldTables } from './folds.js';

/** Writes a combination's folds and stream into the candidate: places of its tiles in the lists of the space. */
export function setFolds(candidate: Candidate, tables: FoldTables, g: number, m: number, c: number, k: number): void {
  const pixels = tables.pixels.all[m]!;
  const reductions = tables.reductions.all[c]!;
  const channels = tables.channels.all[k]!;
  candidate.pixelFolds = pixels;
  candidate.reductionFolds = reductions;
  const both = g * tables.channels.all.length + k;
  candidate.leastChannelFolds = candidate.groupsPerCore * channels;
  candidate.channelFolds = tables.mixed === null ? candidate.leastChannelFolds : tables.mixed.groupsAt[both]!;
  candidate.groupFolds = tables.mixed === null ? tables.groups.all[g]! : 1;
  candidate.stream = tables.dataflow.stream;
  switch (candidate.stream) {
    case 'pixels':
      candidate.folds = (tables.mixed === null ? channels : tables.mixed.positions[both]!) * reductions;
      setStream(candidate, tables.pixels, m);
      break;
    case 'outputChannels':
      candidate.folds = pixels * reductions;
      setStream(candidate, tables.channels, k);
      break;
    case 'reduction':
      candidate.folds = pixels * (tables.mixed === null ? channels : tables.mixed.positions[both]!);
      setStream(candidate, tables.reductions, c);
  }
}

function setStream(candidate: Candidate, stream: ClassFolds, at: number): void {
  candidate.streamSteps = stream.full[at]!;
  candidate.streamTrips = stream.fullCount[at]!;
  candidate.restSteps = stream.rest[at]!;
  candidate.restTrips = stream.restCount[at]!;
}
