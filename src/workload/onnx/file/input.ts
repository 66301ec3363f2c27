import { MAX_RANK } from '../limits.js';
import { dataTypeOf } from './data-types.js';
import type { OnnxInput } from './model.js';
import { MalformedFile } from './wire.js';
import type { WireReader } from './wire.js';

/** Reads what enters the graph, or leaves it. */
export function decodeInput(wire: WireReader, end: number): OnnxInput {
  let name = '';
  let tensor: Omit<OnnxInput, 'name'> = { type: undefined, shape: undefined };
  while (wire.next(end)) {
    if (wire.field === 1) name = wire.name();
    else if (wire.field === 2) tensor = decodeType(wire, wire.message());
  }
  return { name, ...tensor };
}

/** Only a tensor's type says something; a sequence or a map stays undefined. */
function decodeType(wire: WireReader, end: number): Omit<OnnxInput, 'name'> {
  let tensor: Omit<OnnxInput, 'name'> = { type: undefined, shape: undefined };
  while (wire.next(end)) if (wire.field === 1) tensor = decodeTensorType(wire, wire.message());
  return tensor;
}

function decodeTensorType(wire: WireReader, end: number): Omit<OnnxInput, 'name'> {
  let code = 0;
  let shape: (number | string | null)[] | undefined;
  while (wire.next(end)) {
    if (wire.field === 1) code = wire.integer(end);
    else if (wire.field === 2) shape = decodeShape(wire, wire.message());
  }
  return { type: dataTypeOf(code), shape };
}

function decodeShape(wire: WireReader, end: number): (number | string | null)[] {
  const shape: (number | string | null)[] = [];
  while (wire.next(end)) if (wire.field === 1) shape.push(decodeDimension(wire, wire.message()));
  if (shape.length > MAX_RANK)
    throw new MalformedFile(`a tensor must have at most ${MAX_RANK} dimensions`, wire.position);
  return shape;
}

function decodeDimension(wire: WireReader, end: number): number | string | null {
  let size: number | string | null = null;
  while (wire.next(end)) {
    if (wire.field === 1) size = wire.integer(end);
    else if (wire.field === 2) size = wire.name();
  }
  // Writers that have no name for an open size write an empty one, or -1.
  return size === '' || (typeof size === 'number' && size < 0) ? null : size;
}
