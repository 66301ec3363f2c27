/**
 * Names of HAWQ's modules. Its networks are those of pytorchcv with quantizing modules in the place of each
 * convolution and before it, so that the module whose output a convolution reads follows from its name.
 */
export interface KeyParts {
  /** The module that quantizes what this one reads; undefined where this one has no weights. */
  readonly reads: string | undefined;
}

/** Undefined where a name is none of a quantizing module. */
export function partsOfKey(key: string): KeyParts | undefined {
  const [, scope, module] = /^((?:[\w-]+\.)*)(quant_\w+)$/.exec(key) ?? [];
  if (scope === undefined || module === undefined) return undefined;
  if (/^quant_(?:act|input)/.test(module)) return { reads: undefined };
  return { reads: scope + readBy(module) };
}

/** `quant_convbn2` reads what `quant_act1` makes; the first of a unit, and its shortcut, what `quant_act` makes. */
function readBy(module: string): string {
  if (module.startsWith('quant_init')) return 'quant_input';
  if (module === 'quant_output') return 'quant_act_output';
  const place = Number(/\d+$/.exec(module)?.[0] ?? 1);
  return place > 1 ? `quant_act${place - 1}` : 'quant_act';
}

/** A module that rounds a sum to be added to or quantized next; no layer reads it as it is. */
export function isRounding(key: string): boolean {
  return /(?:^|\.)quant_act_int32$/.test(key);
}

/** The layer of torchvision's ResNet that a module stands for; other names as they are, for a name map to translate. */
export function torchvisionName(key: string): string {
  if (/^quant_init(?:_block)?_convbn$/.test(key)) return 'conv1';
  if (key === 'quant_output') return 'fc';
  const unit = /^stage(\d+)\.unit([1-9]\d*)\.quant_(?:convbn(\d+)|identity_convbn)$/.exec(key);
  if (unit === null) return key;
  const block = `layer${unit[1]}.${Number(unit[2]) - 1}`;
  return unit[3] === undefined ? `${block}.downsample.0` : `${block}.conv${unit[3]}`;
}
