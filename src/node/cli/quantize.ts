import type { LevelLayoutName, WeightFormatName, WeightScheme } from '../../index.js';
import {
  AccelsimError,
  failure,
  levelLayouts,
  parseBitsList,
  sensitivityOfWeights,
  show,
  studyWeights,
  weightFormats,
  weightSchemes,
  weightWidths,
  writeSensitivity,
} from '../../index.js';
import { checkWritableFile, readContent, writeWhole } from '../files.js';
import type { CliCommand, Outcome } from './command.js';
import { importOptions, readImportOptions } from './import-options.js';
import { addOptions, type OptionRow, readAll, textOf } from './options.js';

const DEFAULT_SCHEME: WeightScheme = 'sawb';
const DEFAULT_BITS = '8,4,3,2';

const signedLayouts = (Object.keys(levelLayouts) as LevelLayoutName[]).filter((name) => levelLayouts[name].signed);

const quantizeOptions: readonly OptionRow[] = [
  {
    flags: '--scheme <name>',
    description: `how levels are chosen (default: ${DEFAULT_SCHEME})`,
    choices: weightSchemes,
  },
  {
    flags: '--bits <list>',
    description: `widths of the weights (default: those of ${DEFAULT_BITS} that the scheme has)`,
  },
  { flags: '--layout <name>', description: "where the levels lie (default: the scheme's own)", choices: signedLayouts },
  {
    flags: '--least-db <dB>',
    description: 'signal to quantization noise that is enough for a layer (default: 20, noise of 1 %)',
  },
  { flags: '--sensitivity <file>', description: 'also write the losses as a file that search-bits takes' },
  { flags: '--format <name>', description: 'form of the result (default: table)', choices: Object.keys(weightFormats) },
  ...importOptions.filter(({ flags }) => flags.startsWith('--shape')),
];

/** What rounding does to the weights that a file holds. */
export const quantize = {
  description: 'Quantizes the weights of an ONNX file and says what each layer loses at each width.',
  configure(command) {
    command.argument('<file.onnx>', 'network with its weights inside');
    addOptions(command, quantizeOptions);
  },
  async run(options, terminal, [file = '']): Promise<Outcome> {
    const given = (name: string): string | undefined => textOf(options, name);
    // Only this command reads weights, so only it loads their reader.
    const { MAX_MEMORY_BYTES, onnxWeights } = await import('../../onnx.js');
    const scheme = weightSchemes.find((name) => name === given('scheme')) ?? DEFAULT_SCHEME;
    const layout = signedLayouts.find((name) => name === given('layout'));
    const { content, bits, leastDb, importing, sensitivity } = readAll({
      content: () => readContent(file, { maxBytes: MAX_MEMORY_BYTES }),
      bits: () => readBits(given('bits'), weightWidths(scheme, layout)),
      leastDb: () => readDecibels(given('leastDb')),
      importing: () => readImportOptions(options),
      sensitivity: () => checkedFile(given('sensitivity')),
    });
    const { network, layers, unread } = onnxWeights(content.bytes, file, importing);
    const study = studyWeights(layers, { scheme, layout, bits, leastDb }, file);
    for (const { layer, reason } of unread) terminal.warn(`${layer} is left out: ${reason}`);
    if (sensitivity !== undefined) {
      writeWhole(sensitivity, writeSensitivity(sensitivityOfWeights(study, network, file)));
      terminal.note(`wrote ${sensitivity}`);
    }
    const format = (given('format') ?? 'table') as WeightFormatName;
    terminal.out(weightFormats[format]({ source: file, study, unread }));
    return 'done';
  },
} as const satisfies CliCommand;

function readBits(text: string | undefined, allowed: readonly number[]): readonly number[] {
  if (text === undefined) return parseBitsList(DEFAULT_BITS, '--bits').filter((bits) => allowed.includes(bits));
  const asked = parseBitsList(text, '--bits');
  const rule = `must be widths that the scheme has levels for: ${allowed.join(', ')}`;
  const others = asked.filter((bits) => !allowed.includes(bits));
  if (others.length === 0) return asked;
  throw new AccelsimError(others.map((bits) => ({ source: '--bits', path: '', rule, found: show(bits) })));
}

function readDecibels(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value <= 200)) throw failure('--least-db', '', 'must be a number of decibels from 0 to 200', text);
  return value;
}

function checkedFile(path: string | undefined): string | undefined {
  if (path !== undefined) checkWritableFile(path);
  return path;
}
