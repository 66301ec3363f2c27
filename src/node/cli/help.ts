import { charts, formats } from '../../index.js';
import { shippedNames } from '../shipped.js';

/** Of a line of names, without its indent and comma. */
const LIST_COLUMNS = 100;

/** What `accelsim --help` says below the options; every list comes from the table it names. */
export function simulateHelp(): string {
  return [
    '',
    ...section('Formats', described(formats)),
    ...section('Charts', described(charts)),
    ...section('Machines that come with accelsim', listed(shippedNames('arch'))),
    ...section('Workloads that come with accelsim', [
      `${shippedNames('workloads').length} networks, see accelsim workload list`,
      'what one is built for stands behind a colon: --workload llama2-7b-decode:sequence=4096',
    ]),
    ...section('Examples', [
      'accelsim --arch arch/default.json --bits 4',
      'accelsim --bits 16,8,4,2 --bandwidth inf,64,32 --chart speedup.png',
      'accelsim --bits 2 --edge-bits same --format csv > layers.csv',
      'accelsim --workload my-network.json --batch 8 --mode throughput --out my-report',
      'accelsim explain --bits 16,4',
      'accelsim --iso-area chip --bits 16,4 --chart split.png',
    ]),
    ...exitCodes(),
  ].join('\n');
}

export function explainHelp(): string {
  return [
    '',
    ...section('Examples', [
      'accelsim explain --bits 16,4',
      'accelsim explain --bits 8,2 --bandwidth 32 --arch rapid-like',
    ]),
    ...exitCodes(),
  ].join('\n');
}

export function compareHelp(): string {
  return [
    '',
    ...section('Examples', [
      'accelsim compare default rapid-like --workload resnet50 --bits 4',
      'accelsim compare mine.json other.json --bits 16,8,4 --format json',
      'accelsim compare nvdla-like dpu-b4096-like --bits 8 --chart layers.png',
    ]),
    ...exitCodes(),
  ].join('\n');
}

export function surveyHelp(): string {
  return [
    '',
    ...section('Examples', [
      'accelsim survey --out reports/zoo',
      'accelsim survey --workloads resnet18,bert-base:sequence=384,my-network.onnx --bits 8,4',
    ]),
    ...exitCodes(),
  ].join('\n');
}

export function exitCodes(): string[] {
  return section('Exit codes', [
    '0  done',
    '1  a mistake in the command line or in a file, or a check that does not hold',
    '2  a bug in accelsim',
    '130  stopped by Ctrl-C; what was done is safe',
  ]);
}

export function section(title: string, lines: readonly string[]): string[] {
  return [`${title}:`, ...lines.map((line) => `  ${line}`), ''];
}

/** Names side by side, in lines that a terminal holds. */
function listed(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const longer = `${lines.at(-1)}, ${name}`;
    if (lines.length > 0 && longer.length <= LIST_COLUMNS) lines[lines.length - 1] = longer;
    else lines.push(name);
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line},` : line));
}

function described(table: Readonly<Record<string, { readonly description: string }>>): string[] {
  const width = Math.max(...Object.keys(table).map((name) => name.length));
  return Object.entries(table).map(([name, { description }]) => `${name.padEnd(width)}  ${description}`);
}
