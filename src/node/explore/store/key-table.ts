/** Words of 32 bits in a key: 16 bytes, written as 32 hexadecimal digits. */
const KEY_WORDS = 4;
const KEY_DIGITS = 8 * KEY_WORDS;
const FIRST_CAPACITY = 1024;
/** Slots stay emptier than this, so that a search is short. */
const MAX_LOAD = 0.6;

/**
 * Keys of points, each with the number of its first appearance: 0, 1, 2. Takes about 30 bytes a key where a Map of texts
 * takes some 150, so that a million points are no burden.
 */
export class KeyTable {
  #size = 0;
  #words = new Uint32Array(KEY_WORDS * FIRST_CAPACITY);
  /** The number of a key plus 1; 0 where a slot is empty. Open addressing: the next free slot takes a key. */
  #slots = new Uint32Array(2 * FIRST_CAPACITY);

  get size(): number {
    return this.#size;
  }

  /** The number of a key; undefined where it was never added. */
  numberOf(key: string): number | undefined {
    readWords(key);
    const number = this.#slots[this.#slotOf(asked, 0)]!;
    return number === 0 ? undefined : number - 1;
  }

  /** The number of a key, which is new if it equals the size before. */
  add(key: string): number {
    readWords(key);
    const slot = this.#slotOf(asked, 0);
    const known = this.#slots[slot]!;
    if (known !== 0) return known - 1;
    const number = this.#size++;
    if (KEY_WORDS * this.#size > this.#words.length) this.#words = grown(this.#words);
    this.#words.set(asked, KEY_WORDS * number);
    this.#slots[slot] = number + 1;
    if (this.#size > MAX_LOAD * this.#slots.length) this.#spread();
    return number;
  }

  /** The slot that holds the words from `start` on, or the empty one where they belong. */
  #slotOf(words: Uint32Array, start: number): number {
    const mask = this.#slots.length - 1;
    // A key is a hash already: any part of it will do.
    let slot = words[start]! & mask;
    for (let number = this.#slots[slot]!; number !== 0; number = this.#slots[slot]!) {
      if (this.#holds(number - 1, words, start)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #holds(number: number, words: Uint32Array, start: number): boolean {
    const own = KEY_WORDS * number;
    for (let at = 0; at < KEY_WORDS; at++) if (words[start + at] !== this.#words[own + at]) return false;
    return true;
  }

  #spread(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size; number++)
      this.#slots[this.#slotOf(this.#words, KEY_WORDS * number)] = number + 1;
  }
}

/** Twice as long, with the same beginning. */
export function grown(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(2 * words.length);
  longer.set(words);
  return longer;
}

/** Whether a text can be a key: 32 hexadecimal digits, small letters. */
export function isKey(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** The key that is looked for: a study asks for hundreds of thousands, one after the other. */
const asked = new Uint32Array(KEY_WORDS);

function readWords(key: string): void {
  if (key.length !== KEY_DIGITS) throw new Error(`not a key of ${KEY_DIGITS} digits: ${key}`);
  for (let at = 0; at < KEY_WORDS; at++) {
    let word = 0;
    for (let digit = 8 * at; digit < 8 * at + 8; digit++) word = (word << 4) | valueOf(key.charCodeAt(digit));
    asked[at] = word;
  }
}

/** Of a hexadecimal digit by its code: `0` to `9` are 48 to 57, `a` to `f` are 97 to 102. */
function valueOf(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}
