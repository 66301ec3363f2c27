import { MAX_NAME_BYTES } from '../limits.js';
import type { OnnxAttribute, OnnxNode } from './model.js';
import { decodeTensor } from './tensor.js';
import type { WireReader } from './wire.js';

/** Reads a node; graphs within it are only seen to be there. */
export function decodeNode(wire: WireReader, end: number): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  const node = { name: '', operator: '', domain: '', inputs, outputs, attributes };
  while (wire.next(end)) {
    switch (wire.field) {
      case 1:
        inputs.push(wire.name());
        break;
      case 2:
        outputs.push(wire.name());
        break;
      case 3:
        node.name = wire.name();
        break;
      case 4:
        node.operator = wire.name();
        break;
      case 5:
        decodeAttribute(wire, wire.message(), attributes);
        break;
      case 7:
        node.domain = wire.name();
        break;
    }
  }
  if (node.domain === 'ai.onnx') node.domain = '';
  return node;
}

function decodeAttribute(wire: WireReader, end: number, attributes: Map<string, OnnxAttribute>): void {
  let name = '';
  const attribute: { -readonly [Key in keyof OnnxAttribute]: OnnxAttribute[Key] } & {
    floats: number[];
    integers: number[];
  } = { floats: [], integers: [], hasGraph: false };
  while (wire.next(end)) {
    switch (wire.field) {
      case 1:
        name = wire.name();
        break;
      case 2:
        attribute.float = wire.float(end);
        break;
      case 3:
        attribute.integer = wire.integer(end);
        break;
      case 4:
        // Some operators keep whole programs in a text; none of those is of use here.
        if ((wire.size ?? 0) <= MAX_NAME_BYTES) attribute.text = wire.name();
        break;
      case 5:
        attribute.tensor = decodeTensor(wire, wire.message());
        break;
      case 6:
      case 11:
        attribute.hasGraph = true;
        break;
      case 7:
        wire.floats(end, attribute.floats);
        break;
      case 8:
        wire.integers(end, attribute.integers);
        break;
    }
  }
  attributes.set(name, attribute);
}
