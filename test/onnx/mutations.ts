// Files as they arrive after a bad download, a bad disk or a bad joke.

/** Numbers from 0 (included) to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Mutation = (file: Uint8Array, random: () => number, other: Uint8Array) => Uint8Array;

const below = (random: () => number, end: number): number => Math.floor(random() * end);

/** Lengths and numbers at which readers stumble: 2^63 - 1, -1, 2^32, 2^31 and the like, as varints. */
const hugeNumbers: readonly (readonly number[])[] = [
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0x80, 0x80, 0x80, 0x80, 0x10],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0x3f],
  [0x00],
];

export const mutations = {
  truncated: (file, random) => file.slice(0, below(random, file.length)),
  'bits flipped': (file, random) => {
    const changed = file.slice();
    for (let flips = 1 + below(random, 4); flips > 0; flips -= 1) {
      const at = below(random, changed.length);
      changed[at] = changed[at]! ^ (1 << below(random, 8));
    }
    return changed;
  },
  'bytes set': (file, random) => {
    const changed = file.slice();
    for (let count = 1 + below(random, 4); count > 0; count -= 1)
      changed[below(random, changed.length)] = below(random, 256);
    return changed;
  },
  'bytes swapped': (file, random) => {
    const changed = file.slice();
    const [a, b] = [below(random, changed.length), below(random, changed.length)];
    [changed[a], changed[b]] = [changed[b]!, changed[a]!];
    return changed;
  },
  'huge numbers put in': (file, random) => {
    const at = below(random, file.length);
    const number = hugeNumbers[below(random, hugeNumbers.length)]!;
    // In place of a byte, which may be a length or a size, or before it.
    return Uint8Array.of(...file.subarray(0, at), ...number, ...file.subarray(at + below(random, 2)));
  },
  'a part repeated': (file, random) => {
    const [start, end] = [below(random, file.length), below(random, file.length)].toSorted((a, b) => a - b);
    return Uint8Array.of(...file.subarray(0, end), ...file.subarray(start));
  },
  'a part left out': (file, random) => {
    const start = below(random, file.length);
    return Uint8Array.of(...file.subarray(0, start), ...file.subarray(start + 1 + below(random, 16)));
  },
  'parts of two files joined': (file, random, other) =>
    Uint8Array.of(...file.subarray(0, below(random, file.length)), ...other.subarray(below(random, other.length))),
  /** Sound files all the same: messages of one field are merged by appending, so these have two graphs or more. */
  'a file after the other': (file, _, other) => Uint8Array.of(...file, ...other),
  'letters of names changed': (file, random) => {
    const changed = file.slice();
    const letters = [...changed.keys()].filter((at) => changed[at]! >= 0x61 && changed[at]! <= 0x7a);
    for (let count = 1 + below(random, 3); count > 0 && letters.length > 0; count -= 1)
      changed[letters[below(random, letters.length)]!] = 0x61 + below(random, 26);
    return changed;
  },
} as const satisfies Record<string, Mutation>;
