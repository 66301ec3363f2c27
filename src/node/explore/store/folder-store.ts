import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { PointResult, ResultStore } from '../../../index.js';
import { failure } from '../../../index.js';
import { isFolder, refusalOf } from '../../files.js';
import { removeAbandoned, writeDurably } from './durable-file.js';
import { grown, KeyTable } from './key-table.js';
import { placesIn, resultAt, resultFile, type PointPlace } from './result-file.js';

const POINTS = 'points';
/** Files that cannot be trusted are put here, for whoever wants to see what happened. */
const SET_ASIDE = 'set-aside';
const ENDING = '.ndjson';
/** Numbers kept of each point: its file, offset and length. */
const PLACE_WORDS = 3;
const FIRST_CAPACITY = 1024;
/** Files kept after reading: whoever asks for points in the order of the study stays in few of them. */
const MAX_OPEN_FILES = 16;

/** Puts a file into a folder whole or not at all, so that it outlives a power cut. */
export type WriteFile = (path: string, bytes: Uint8Array) => Promise<void>;

/**
 * Finished points in a folder: each chunk a file with a checksum, never changed after it has its name. Several processes
 * may write into one folder. In memory it keeps where points stand, some 50 bytes each, not the points.
 */
export class FolderStore implements ResultStore {
  readonly folder: string;
  readonly #write: WriteFile;
  readonly #keys = new KeyTable();
  #places = new Uint32Array(PLACE_WORDS * FIRST_CAPACITY);
  readonly #files: string[] = [];
  readonly #read = new Map<number, Buffer>();

  private constructor(folder: string, write: WriteFile) {
    this.folder = folder;
    this.#write = write;
  }

  /**
   * Opens the store of a folder, which is made if need be, and checks every file of it. One that is torn or altered is
   * set aside and told to `warn`: its points are as if never answered.
   * @throws AccelsimError where the folder cannot be read or written
   */
  static async open(
    folder: string,
    warn: (line: string) => void,
    write: WriteFile = writeDurably,
  ): Promise<FolderStore> {
    const store = new FolderStore(folder, write);
    try {
      await mkdir(store.#pointsFolder, { recursive: true });
      await removeAbandoned(store.#pointsFolder);
      await store.#noteFiles((name, fault) => store.#setAside(name, fault, warn));
    } catch (error) {
      throw refusalOf(folder, error);
    }
    return store;
  }

  /**
   * What a folder holds that can be trusted, for a look only: nothing in it is changed, and a folder that is not there
   * holds nothing.
   * @throws AccelsimError where the folder cannot be read
   */
  static async look(folder: string): Promise<FolderStore> {
    const store = new FolderStore(folder, () => Promise.reject(new Error('opened for a look')));
    if (!isFolder(store.#pointsFolder)) return store;
    try {
      await store.#noteFiles(() => Promise.resolve());
    } catch (error) {
      throw refusalOf(folder, error);
    }
    return store;
  }

  /** Points kept. */
  get size(): number {
    return this.#keys.size;
  }

  has(key: string): boolean {
    return this.#keys.numberOf(key) !== undefined;
  }

  async append(chunkId: string, results: readonly PointResult[]): Promise<void> {
    if (!/^[\w-]+$/.test(chunkId)) throw new Error(`not a name for a chunk: ${chunkId}`);
    if (results.every(({ key }) => this.has(key))) return;
    const name = chunkId + ENDING;
    const bytes = resultFile(results);
    try {
      await this.#write(join(this.#pointsFolder, name), bytes);
    } catch (error) {
      const safe = `${this.size} points are safe in it: make room, and the same command goes on from there`;
      throw refusalOf(this.folder, error, safe);
    }
    this.#note(name, placesIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as PointPlace[]);
  }

  /** Copies what another store has and this one lacks, file by file. @returns points that were new */
  async take(other: FolderStore): Promise<number> {
    const before = this.size;
    for (const [file, name] of other.#files.entries()) {
      const bytes = await other.#contentOf(file);
      const places = placesIn(bytes) as PointPlace[];
      if (places.every(({ key }) => this.has(key))) continue;
      try {
        await this.#write(join(this.#pointsFolder, name), bytes);
      } catch (error) {
        throw refusalOf(this.folder, error);
      }
      this.#note(name, places);
    }
    return this.size - before;
  }

  /** The result kept under a key, as the study that appended it saw it; undefined where there is none. */
  async result(key: string): Promise<PointResult | undefined> {
    const number = this.#keys.numberOf(key);
    if (number === undefined) return undefined;
    const [file, offset, length] = this.#places.subarray(PLACE_WORDS * number, PLACE_WORDS * (number + 1));
    return resultAt(await this.#contentOf(file!), { offset: offset!, length: length! });
  }

  async *load(): AsyncIterable<PointResult> {
    // By number: each key once, and file after file.
    for (let number = 0; number < this.#keys.size; number++) {
      const [file, offset, length] = this.#places.subarray(PLACE_WORDS * number, PLACE_WORDS * (number + 1));
      yield resultAt(await this.#contentOf(file!), { offset: offset!, length: length! });
    }
  }

  get #pointsFolder(): string {
    return join(this.folder, POINTS);
  }

  async #noteFiles(refuse: (name: string, fault: string) => Promise<void>): Promise<void> {
    for (const name of (await readdir(this.#pointsFolder)).sort()) {
      if (!name.endsWith(ENDING)) continue;
      const places = placesIn(await readFile(join(this.#pointsFolder, name)));
      if (typeof places === 'string') await refuse(name, places);
      else this.#note(name, places);
    }
  }

  async #setAside(name: string, fault: string, warn: (line: string) => void): Promise<void> {
    const path = join(this.#pointsFolder, name);
    const aside = join(this.folder, SET_ASIDE);
    await mkdir(aside, { recursive: true });
    await rename(path, join(aside, name));
    warn(`${path} ${fault}: it is set aside in ${aside}, and its points count as not answered`);
  }

  #note(name: string, places: readonly PointPlace[]): void {
    const file = this.#files.push(name) - 1;
    for (const { key, offset, length } of places) {
      const before = this.#keys.size;
      const number = this.#keys.add(key);
      if (number < before) continue;
      if (PLACE_WORDS * (number + 1) > this.#places.length) this.#places = grown(this.#places);
      this.#places.set([file, offset, length], PLACE_WORDS * number);
    }
  }

  async #contentOf(file: number): Promise<Buffer> {
    const kept = this.#read.get(file);
    if (kept !== undefined) return kept;
    const path = join(this.#pointsFolder, this.#files[file]!);
    const bytes = await readFile(path).catch((error: unknown) => {
      throw refusalOf(path, error);
    });
    const places = placesIn(bytes);
    if (typeof places === 'string') throw failure(path, '', `${places}; it was whole when this command began`);
    if (this.#read.size >= MAX_OPEN_FILES) this.#read.delete(this.#read.keys().next().value!);
    this.#read.set(file, bytes);
    return bytes;
  }
}
