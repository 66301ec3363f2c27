import { AccelsimError } from '../../errors.js';
import type { ListedChoice, PrecisionEntry } from '../policy/index.js';
import { PlacedIssues, UNQUANTIZED_BITS, firstLine } from './format.js';
import type { PrecisionFormat } from './format.js';
import { readLiteral } from './literal.js';
import type { Literal } from './literal.js';

/**
 * A strategy of HAQ (Wang et al. 2019, arXiv:1811.08886): for each convolution and linear layer in the order of the
 * network, the bits of its weights, or of its weights and of what it reads. -1 or 0: not quantized.
 */
export const haq = {
  description: 'HAQ strategy',
  reference: 'https://github.com/mit-han-lab/haq (README.md and finetune.py, commit 20e4ed3)',
  sniff: (text) => /^(?:\w+\s*=\s*)?\[/.test(firstLine(text)) || /"strategy"\s*:\s*\[/.test(text),
  read(text, source) {
    const whole = readLiteral(text, source);
    const list = listIn(whole);
    const issues = new PlacedIssues(source);
    if (list === undefined || list.elements.length === 0)
      issues.add(whole, '', 'must be a list: one number, or a list of two, for each layer');
    const unquantized: number[] = [];
    const entries = (list?.elements ?? []).map((element, position): PrecisionEntry => {
      const path = `[${position}]`;
      const [weights, activations] = numbersIn(element, path, issues);
      if (weights < 1 || (activations ?? 0) < 1) unquantized.push(position + 1);
      const width = (value: number): number => (value < 1 ? UNQUANTIZED_BITS : issues.width(value, element, path));
      return {
        key: path,
        path,
        line: element.line,
        column: element.column,
        select: { by: 'position', position },
        bits: { weightBits: width(weights), activationBits: width(activations ?? -1) },
      };
    });
    if (issues.list.length > 0) throw new AccelsimError(issues.list);
    return { policy: 'listed', source, entries, notes: notesOn(unquantized, entries.length) } satisfies ListedChoice;
  },
} as const satisfies PrecisionFormat;

type ListLiteral = Extract<Literal, { kind: 'list' }>;

function listIn(whole: Literal): ListLiteral | undefined {
  const value = whole.kind === 'dictionary' ? whole.members.find((member) => member.name === 'strategy')?.value : whole;
  return value?.kind === 'list' ? value : undefined;
}

function numbersIn(element: Literal, path: string, issues: PlacedIssues): [number, number | undefined] {
  const parts = element.kind === 'list' ? element.elements : [element];
  const numbers = parts.map((part) => (part.kind === 'number' ? part.number : Number.NaN));
  const [weights, activations] = numbers;
  const whole = numbers.every((number) => Number.isInteger(number));
  if (weights === undefined || numbers.length > 2 || !whole) {
    issues.add(element, path, 'must be the bits of weights, or [weights, activations]');
    return [1, 1];
  }
  return [weights, activations];
}

function notesOn(unquantized: readonly number[], count: number): string[] {
  if (unquantized.length === 0) return [];
  const which =
    unquantized.length === count
      ? 'all layers'
      : `layer${unquantized.length === 1 ? '' : 's'} ${unquantized.join(', ')}`;
  return [`what the list leaves unquantized counts as ${UNQUANTIZED_BITS} bits: in ${which}`];
}
