import { failure } from '../errors.js';
import { precisionFormats } from './formats/index.js';
import type { PrecisionFormat, PrecisionFormatName } from './formats/index.js';
import type { ListedChoice, PerLayerChoice } from './policy/index.js';

/** Bits of layers read from a file of any form. */
export interface PrecisionFile {
  readonly form: PrecisionFormatName;
  readonly choice: ListedChoice | PerLayerChoice;
}

/**
 * Reads bits of layers from a file of any form, told by its content. Names are checked later, against the network.
 *
 * @param part which of several lists in one file, such as `bit_config_resnet50_bops_0.5` of HAWQ's bit_config.py
 * @throws AccelsimError with every issue of the text
 */
export function importPrecision(text: string, source: string, part?: string): PrecisionFile {
  const names = Object.keys(precisionFormats).filter((name): name is PrecisionFormatName =>
    Object.hasOwn(precisionFormats, name),
  );
  const form = names.find((name) => precisionFormats[name].sniff(text));
  if (form === undefined) {
    const forms = names.map((name) => precisionFormats[name].description).join('; ');
    throw failure(source, '', `holds no bits of layers that can be read: ${forms}`);
  }
  const format: PrecisionFormat = precisionFormats[form];
  return { form, choice: format.read(text, source, part) };
}
