import { AccelsimError, show } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import type { TextPosition } from '../../json/index.js';
import type { ListedChoice, PrecisionEntry } from '../policy/index.js';
import { PlacedIssues } from './format.js';
import type { PrecisionFormat } from './format.js';
import { isRounding, partsOfKey, torchvisionName } from './hawq-keys.js';
import { readLiteral } from './literal.js';
import type { Literal, LiteralMember } from './literal.js';

/**
 * A bit configuration of HAWQ-V3 (Yao et al. 2021, arXiv:2011.10680): the bits of each quantizing module by its name.
 * Modules `quant_convbn...`, `quant_output` hold weights; `quant_act...`, `quant_input` what the next of those reads.
 */
export const hawq = {
  description: 'HAWQ bit configuration',
  reference: 'https://github.com/Zhen-Dong/HAWQ (bit_config.py, commit 800ed9c; read by quant_train.py)',
  sniff: (text) => /['"](?:[\w.]*\.)?quant_\w+['"]\s*:\s*[\d([]/.test(text),
  read(text, source, part) {
    const issues = new PlacedIssues(source);
    const members = configurationIn(readLiteral(text, source), part, issues);
    const bits = new Map<string, { readonly value: number } & TextPosition>();
    for (const { name, value, line, column } of members) {
      const width = widthIn(value);
      if (bits.has(name)) issues.add({ line, column }, name, 'given twice');
      if (width === undefined) issues.add(value, name, 'must be a number of bits, or (bits, "hook")');
      else bits.set(name, { value: issues.width(width, value, name), line, column });
    }
    const read = new Set<string>();
    const entries: PrecisionEntry[] = [];
    for (const [key, { value, line, column }] of bits) {
      const parts = partsOfKey(key);
      if (parts === undefined) issues.add({ line, column }, key, 'is no name of a module that quantizes');
      if (parts?.reads === undefined) continue;
      read.add(parts.reads);
      const activations = bits.get(parts.reads);
      if (activations === undefined) issues.add({ line, column }, key, `reads ${parts.reads}, which is not there`);
      entries.push({
        key,
        path: key,
        line,
        column,
        select: { by: 'name', name: torchvisionName(key) },
        bits: { weightBits: value, activationBits: activations?.value },
      });
    }
    for (const [key, place] of bits)
      if (partsOfKey(key)?.reads === undefined && !read.has(key) && !isRounding(key))
        issues.add(place, key, 'is read by no module with weights');
    if (issues.list.length > 0) throw new AccelsimError(issues.list);
    return { policy: 'listed', source, entries, notes: notesOn([...bits.keys()]) } satisfies ListedChoice;
  },
} as const satisfies PrecisionFormat;

/** The one configuration of a file, or the one of several that is asked for. */
function configurationIn(whole: Literal, part: string | undefined, issues: PlacedIssues): readonly LiteralMember[] {
  if (whole.kind !== 'dictionary' || whole.members.length === 0) {
    issues.add(whole, '', 'must be a dictionary of bits by module');
    return [];
  }
  const several = whole.members.filter(({ value }) => value.kind === 'dictionary');
  if (several.length === 0) {
    if (part !== undefined) issues.add(whole, '', `has one configuration only, none of the name ${show(part)}`);
    return whole.members;
  }
  const names = several.map((member) => member.name);
  const chosen =
    several.find((member) => member.name === part) ??
    (several.length === 1 && part === undefined ? several[0] : undefined);
  if (chosen?.value.kind === 'dictionary') return chosen.value.members;
  const nearest = part === undefined ? undefined : nearestName(part, names);
  const hint = nearest === undefined ? `there are ${names.join(', ')}` : `did you mean ${nearest}?`;
  issues.add(
    whole,
    '',
    'holds several configurations: put # and the name of one behind the file',
    part === undefined ? undefined : show(part),
    hint,
  );
  return [];
}

function widthIn(value: Literal): number | undefined {
  const first = value.kind === 'list' ? value.elements[0] : value;
  return first?.kind === 'number' ? first.number : undefined;
}

function notesOn(keys: readonly string[]): string[] {
  const rounding = keys.filter(isRounding).length;
  if (rounding === 0) return [];
  return [
    `${rounding} widths of sums before they are quantized (quant_act_int32) are not counted: a sum is stored at the width its readers want`,
  ];
}
