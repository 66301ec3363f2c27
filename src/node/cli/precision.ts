import { precisionsToText } from '../precision-list.js';
import { readText } from '../files.js';
import { findPrecision, shippedPrecisions } from '../shipped-precision.js';
import type { CliCommand, CommandGroup } from './command.js';

/** Lists of bits that come with the package. */
const list = {
  description: 'Lists the mixed precisions that come with accelsim, for --precision.',
  configure: () => {},
  run(_options, terminal) {
    terminal.out(precisionsToText(shippedPrecisions()));
    return 'done';
  },
} as const satisfies CliCommand;

const show = {
  description: 'Shows a list of bits: its source, and the bits of each layer, as a file that --precision reads.',
  configure(command) {
    command.argument('<name>', 'name of "accelsim precision list"');
  },
  run(_options, terminal, [name = '']) {
    const { file, shipped } = findPrecision(name, 'precision show');
    const paths = file === undefined ? shipped.map((one) => one.path) : [file.path];
    terminal.out(paths.map((path) => readText(path)).join('\n'));
    return 'done';
  },
} as const satisfies CliCommand;

/** Mixed precisions by name. */
export const precision = {
  description: 'Lists and shows mixed precisions: bits by layer, as quantizers chose them.',
  commands: { list, show },
} as const satisfies CommandGroup;
