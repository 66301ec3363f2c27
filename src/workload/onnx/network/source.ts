import type { TensorShape } from '../../tensor-shape.js';

/** A tensor of the network: a layer's, an input's, or a view that is written down when it is read. */
export interface Source {
  readonly name: string;
  /** Undefined for an input that nothing has read: the first reader says how it looks. */
  shape: TensorShape | undefined;
  /** The tensor that a slice is a part of. */
  readonly whole?: { readonly source: Source; readonly shape: TensorShape } | undefined;
  isWritten: boolean;
  isRead: boolean;
  readonly views: Map<string, string>;
}

export function newSource(name: string, shape?: TensorShape): Source {
  return { name, shape, isWritten: false, isRead: false, views: new Map() };
}

/** The tensor that a slice, or a slice of one, is a part of. */
export function baseOf(source: Source): Source {
  return source.whole === undefined ? source : baseOf(source.whole.source);
}
