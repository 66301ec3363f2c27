import { failure } from '../../../errors.js';
import { MAX_CONDENSED_BYTES, MAX_PARTS } from '../limits.js';
import { MalformedFile } from './wire.js';

/** Bytes of a file from `offset` on: as many as asked for, or fewer at its end. */
export type ReadBytes = (offset: number, length: number) => Uint8Array;

/** A field of at most this size is kept whatever it is; of the larger ones only messages that lead to tensors are. */
const LEAF_BYTES = 32 * 1024;
const WINDOW_BYTES = 16 * 1024;
const LENGTH_DELIMITED = 2;

/** Messages within messages, by field: where weights are found, or what has to be seen to be there. All else is a leaf. */
interface Message {
  readonly [field: number]: Message;
}
const tensor: Message = {};
const graphWithin: Message = {};
const attribute: Message = { 5: tensor, 6: graphWithin, 11: graphWithin };
const model: Message = { 7: { 1: { 5: attribute }, 5: tensor, 11: {}, 12: {} }, 25: {} };

/**
 * An ONNX file without its weights, read piece by piece: of a file of a gigabyte the megabyte that matters. What is
 * left out is what no importer looks at, so the result is as good as the whole.
 *
 * @throws AccelsimError where the file's fields do not lie within each other
 */
export function condenseOnnx(size: number, read: ReadBytes, source: string): Uint8Array {
  const file = new FileWindow(size, read);
  try {
    const kept = new Condensed();
    condense(file, { start: 0, end: size }, model, kept);
    return kept.join();
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    throw failure(source, `byte ${error.offset}`, `is not a sound ONNX file: ${error.message}`);
  }
}

/** Takes over the fields of the message that `range` holds, in their order. */
function condense(file: FileWindow, range: Range, message: Message, kept: Condensed): void {
  let at = range.start;
  /** From where on all is kept so far. */
  let first = at;
  while (at < range.end) {
    const start = at;
    const [tag, afterTag] = file.varint(at, range.end);
    kept.countField(start);
    if (tag < 8) throw new MalformedFile('holds a field of number 0, which no message has', start);
    if (tag % 8 !== LENGTH_DELIMITED) {
      at = file.pastNumber(afterTag, tag % 8, range.end);
      continue;
    }
    const field = Math.floor(tag / 8);
    const [length, content] = file.varint(afterTag, range.end);
    at = content + length;
    if (at > range.end) {
      const left = range.end - content;
      throw new MalformedFile(`field ${field} is longer than the ${left} bytes that are left for it`, afterTag);
    }
    if (length <= LEAF_BYTES) continue;
    kept.add(file, first, start);
    first = at;
    const inner = message[field];
    if (inner === undefined) continue;
    const part = new Condensed(kept);
    condense(file, { start: content, end: at }, inner, part);
    kept.add(file, start, afterTag);
    kept.addMessage(part);
  }
  kept.add(file, first, range.end);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Pieces that follow one another. */
class Condensed {
  readonly #pieces: Uint8Array[] = [];
  readonly #counter: { bytes: number; fields: number };
  #size = 0;

  /** @param whole what this is a part of: limits hold for all of it */
  constructor(whole?: Condensed) {
    this.#counter = whole === undefined ? { bytes: 0, fields: 0 } : whole.#counter;
  }

  countField(at: number): void {
    this.#counter.fields += 1;
    if (this.#counter.fields > MAX_PARTS) throw new MalformedFile(`must have at most ${MAX_PARTS} parts`, at);
  }

  add(file: FileWindow, start: number, end: number): void {
    this.#counter.bytes += end - start;
    if (this.#counter.bytes > MAX_CONDENSED_BYTES)
      throw new MalformedFile(`must be at most ${MAX_CONDENSED_BYTES} bytes without its weights`, start);
    this.#push(file.slice(start, end));
  }

  /** The length and the content of a message within. */
  addMessage(part: Condensed): void {
    this.#push(encodeVarint(part.#size));
    for (const piece of part.#pieces) this.#push(piece);
  }

  join(): Uint8Array {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  #push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
  }
}

/** Looks at a file through a window that moves along. */
class FileWindow {
  readonly #size: number;
  readonly #read: ReadBytes;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array();

  constructor(size: number, read: ReadBytes) {
    this.#size = size;
    this.#read = read;
  }

  slice(start: number, end: number): Uint8Array {
    this.#show(start, end);
    return this.#bytes.slice(start - this.#start, end - this.#start);
  }

  /** A number, and where it ends. */
  varint(at: number, end: number): readonly [value: number, after: number] {
    this.#show(at, Math.min(at + 10, end));
    let value = 0;
    for (let place = 0; place < 10; place += 1) {
      const byte = at + place < end ? this.#bytes[at + place - this.#start] : undefined;
      if (byte === undefined) throw new MalformedFile('ends in the middle of a value', at);
      value += (byte % 128) * 128 ** place;
      if (byte < 128) return [value, at + place + 1];
    }
    throw new MalformedFile('invalid varint', at);
  }

  pastNumber(at: number, type: number, end: number): number {
    const after = type === 0 ? this.varint(at, end)[1] : type === 1 ? at + 8 : type === 5 ? at + 4 : undefined;
    if (after === undefined) throw new MalformedFile(`a field of type ${type}, which ONNX has none of`, at);
    if (after > end) throw new MalformedFile('ends in the middle of a value', at);
    return after;
  }

  #show(start: number, end: number): void {
    if (start >= this.#start && end <= this.#start + this.#bytes.length) return;
    const length = Math.min(Math.max(WINDOW_BYTES, end - start), this.#size - start);
    this.#start = start;
    this.#bytes = this.#read(start, length);
    if (this.#bytes.length < end - start) throw new MalformedFile('ends earlier than its size says', start);
  }
}

function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  while (left >= 128) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return Uint8Array.of(...bytes, left);
}
