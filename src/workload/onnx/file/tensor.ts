import { MAX_RANK } from '../limits.js';
import { dataTypeOf } from './data-types.js';
import type { OnnxTensor, TensorContent } from './model.js';
import { MalformedFile } from './wire.js';
import type { WireReader } from './wire.js';

/** How the fields that may hold elements write them. */
const forms = { 4: 'float', 5: 'integer', 7: 'integer', 9: 'raw', 10: 'double', 11: 'integer' } as const;

/** Reads a tensor without its elements: those stay a view of the file. */
export function decodeTensor(wire: WireReader, end: number): OnnxTensor {
  const start = wire.position;
  const shape: number[] = [];
  const chunks: Uint8Array[] = [];
  const numbers: number[] = [];
  let name = '';
  let code = 0;
  let form: 'raw' | 'float' | 'double' | 'integer' = 'raw';
  while (wire.next(end)) {
    switch (wire.field) {
      case 1:
        wire.integers(end, shape);
        break;
      case 2:
        code = wire.integer(end);
        break;
      case 8:
        name = wire.name();
        break;
      case 4:
      case 5:
      case 7:
      case 9:
      case 10:
      case 11:
        form = forms[wire.field];
        if (wire.size !== undefined) chunks.push(wire.view());
        else if (form === 'float') wire.floats(end, numbers);
        else if (form === 'double') wire.doubles(end, numbers);
        else wire.integers(end, numbers);
        break;
    }
  }
  const type = dataTypeOf(code);
  if (type === undefined) throw new MalformedFile(`tensor "${name}" is of type ${code}, which ONNX has not`, start);
  if (shape.length > MAX_RANK) throw new MalformedFile(`a tensor must have at most ${MAX_RANK} dimensions`, start);
  const wrong = shape.find((size) => !Number.isSafeInteger(size) || size < 0);
  if (wrong !== undefined) throw new MalformedFile(`tensor "${name}" has a size of ${wrong}`, start);
  return { name, shape, type, content: contentOf(form, chunks, numbers) };
}

function contentOf(
  form: 'raw' | 'float' | 'double' | 'integer',
  chunks: readonly Uint8Array[],
  numbers: readonly number[],
): TensorContent {
  if (chunks.length > 0) return { form, bytes: chunks };
  return numbers.length > 0 ? { form: 'numbers', numbers } : { form: 'none' };
}
