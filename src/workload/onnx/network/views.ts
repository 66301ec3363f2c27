import type { LayerJson } from '../../schema.js';
import { sameShape } from '../../tensor-shape.js';
import type { TensorShape } from '../../tensor-shape.js';
import type { Names } from './names.js';
import { baseOf } from './source.js';
import type { Source } from './source.js';

/** Writes views among the layers of a network, each when it is first read. */
export class Views {
  readonly #names: Names;
  readonly #layers: LayerJson[];

  constructor(names: Names, layers: LayerJson[]) {
    this.#names = names;
    this.#layers = layers;
  }

  /** The name of a source in a shape; a view of it is written down where it lies in another. */
  read(source: Source, shape: TensorShape): string {
    source.shape ??= shape;
    this.#write(source);
    baseOf(source).isRead = true;
    if (sameShape(source.shape, shape)) return source.name;
    const key = `${shape.channels}x${shape.height}x${shape.width}`;
    let name = source.views.get(key);
    if (name === undefined) {
      name = this.#names.take(`${source.name}@${key}`);
      source.views.set(key, name);
      this.#layers.push({ name, kind: 'view', input: source.name, output: shape });
    }
    return name;
  }

  /** A slice is written down when it is first read: an unread view would be an output of the network. */
  #write(source: Source): void {
    if (source.isWritten) return;
    source.isWritten = true;
    const { whole, name, shape } = source;
    if (whole === undefined || shape === undefined) return;
    const input = this.read(whole.source, whole.shape);
    this.#layers.push({ name, kind: 'view', input, output: shape, type: 'slice' });
  }
}
