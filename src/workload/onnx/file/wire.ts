import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { MAX_NAME_BYTES, MAX_PARTS, MAX_TEXT_BYTES } from '../limits.js';

/** The bytes are no protobuf message of the expected form. */
export class MalformedFile extends Error {
  readonly offset: number;

  constructor(rule: string, offset: number) {
    super(rule);
    this.offset = offset;
  }
}

/**
 * Goes through the fields of protobuf messages without recursion into what is not asked for and without copying. Every
 * length is held against the message that contains it, and the number of parts read is bounded.
 */
export class WireReader {
  readonly bytes: Uint8Array;
  readonly #reader: BinaryReader;
  #left = MAX_PARTS;
  #text = MAX_TEXT_BYTES;
  #isRead = true;
  #type: WireType = WireType.Varint;
  #fieldStart = 0;
  #fieldEnd = 0;
  #field = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#reader = new BinaryReader(bytes);
  }

  /** Steps to the next field of the message that ends at `end`; false where there is none. */
  next(end: number): boolean {
    if (!this.#isRead) this.#skip(end);
    if (this.#reader.pos >= end) return false;
    this.#take();
    const [field, type] = this.#guard(end, () => this.#reader.tag());
    this.#field = field;
    this.#type = type;
    this.#isRead = false;
    this.#fieldStart = this.#reader.pos;
    if (type === WireType.LengthDelimited) this.#fieldEnd = this.#length(end);
    return true;
  }

  /** Enters the present field, a message: the caller reads its fields up to the position that is returned. */
  message(): number {
    this.#expect(WireType.LengthDelimited);
    return this.#fieldEnd;
  }

  /** The present field, bytes that may be looked at later: a view, not a copy. */
  view(): Uint8Array {
    this.#expect(WireType.LengthDelimited);
    const start = this.#reader.pos;
    this.#reader.pos = this.#fieldEnd;
    return this.bytes.subarray(start, this.#fieldEnd);
  }

  name(): string {
    const start = this.#reader.pos;
    const { length } = this.view();
    if (length > MAX_NAME_BYTES)
      throw new MalformedFile(`a name must be at most ${MAX_NAME_BYTES} bytes, not ${length}`, start);
    this.#text -= length;
    if (this.#text < 0) throw new MalformedFile(`must have at most ${MAX_TEXT_BYTES} bytes of names`, start);
    // The reader wants to see the length itself.
    this.#reader.pos = this.#fieldStart;
    return this.#reader.string();
  }

  integer(end: number): number {
    this.#expect(WireType.Varint);
    return this.#guard(end, () => Number(this.#reader.int64()));
  }

  float(end: number): number {
    this.#expect(WireType.Bit32);
    return this.#guard(end, () => this.#reader.float());
  }

  /** Adds the present field, one number or a packed list of them, to `list`. */
  integers(end: number, list: number[]): void {
    this.#list(end, WireType.Varint, list, () => Number(this.#reader.int64()));
  }

  floats(end: number, list: number[]): void {
    this.#list(end, WireType.Bit32, list, () => this.#reader.float());
  }

  doubles(end: number, list: number[]): void {
    this.#list(end, WireType.Bit64, list, () => this.#reader.double());
  }

  /** All bytes are one packed list of integers. */
  packedIntegers(): number[] {
    const list: number[] = [];
    this.#fill(this.bytes.length, list, () => Number(this.#reader.int64()));
    return list;
  }

  /** Number of the present field. */
  get field(): number {
    return this.#field;
  }

  /** Bytes of the present field; undefined where it is a single number. */
  get size(): number | undefined {
    return this.#type === WireType.LengthDelimited ? this.#fieldEnd - this.#reader.pos : undefined;
  }

  get position(): number {
    return this.#reader.pos;
  }

  #list(end: number, single: WireType, list: number[], read: () => number): void {
    if (this.size !== undefined) {
      this.#fill(this.message(), list, read);
      return;
    }
    this.#expect(single);
    list.push(this.#guard(end, read));
  }

  #fill(end: number, list: number[], read: () => number): void {
    while (this.#reader.pos < end) {
      this.#take();
      list.push(this.#guard(end, read));
    }
  }

  #expect(type: WireType): void {
    if (this.#type !== type)
      throw new MalformedFile(`field ${this.#field} is not of the type that ONNX gives it`, this.#reader.pos);
    this.#isRead = true;
  }

  #take(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new MalformedFile(`must have at most ${MAX_PARTS} parts`, this.#reader.pos);
  }

  #skip(end: number): void {
    this.#isRead = true;
    if (this.#type === WireType.LengthDelimited) this.#reader.pos = this.#fieldEnd;
    else if (this.#type === WireType.StartGroup || this.#type === WireType.EndGroup)
      throw new MalformedFile('holds a group, which ONNX has none of', this.#reader.pos);
    else this.#guard(end, () => this.#reader.skip(this.#type));
  }

  /** A length, as the position where what it measures ends. Bits above 32 are refused, not dropped. */
  #length(end: number): number {
    const start = this.#reader.pos;
    const length = this.#guard(end, () => this.#reader.uint32());
    const size = this.#reader.pos - start;
    const left = end - this.#reader.pos;
    if (size > 5 || (size === 5 && this.bytes[this.#reader.pos - 1]! > 0x0f) || length > left)
      throw new MalformedFile(`field ${this.#field} is longer than the ${left} bytes that are left for it`, start);
    return this.#reader.pos + length;
  }

  /** The protobuf reader throws plain errors at what it cannot read. */
  #guard<T>(end: number, read: () => T): T {
    const start = this.#reader.pos;
    let value: T;
    try {
      value = read();
    } catch (error) {
      throw new MalformedFile(error instanceof Error ? error.message : String(error), start);
    }
    if (this.#reader.pos > end) throw new MalformedFile('ends in the middle of a value', start);
    return value;
  }
}
