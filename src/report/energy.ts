import { ENERGY_COMPONENTS, type EnergyComponent, type EnergyPj } from '../performance/index.js';
import type { NetworkResult } from '../performance/result.js';
import { PJ_PER_MJ, PJ_PER_NJ, PJ_PER_UJ } from '../units.js';
import type { Document } from './document.js';
import { bitWidth, percent, significant, times } from './figures.js';

/** What components are called. */
export const energyNames = {
  mac: 'MACs',
  registers: 'registers',
  scratchpad: 'scratchpads',
  sharedBuffer: 'shared buffer',
  interconnect: 'interconnect',
  offChip: 'off-chip memory',
  vector: 'vector units',
  leakage: 'leakage',
} as const satisfies Record<EnergyComponent, string>;

/** `1.57 mJ`, `8.20 uJ`, `17.1 nJ`, `12.0 pJ`. */
export function energyText(energyPj: number): string {
  if (energyPj >= PJ_PER_MJ / 10) return `${significant(energyPj / PJ_PER_MJ)} mJ`;
  if (energyPj >= PJ_PER_UJ / 10) return `${significant(energyPj / PJ_PER_UJ)} uJ`;
  if (energyPj >= PJ_PER_NJ / 10) return `${significant(energyPj / PJ_PER_NJ)} nJ`;
  return `${significant(energyPj)} pJ`;
}

/** What a machine gives no figure for. */
export function unknownParts(energyPj: EnergyPj): EnergyComponent[] {
  return ENERGY_COMPONENTS.filter((component) => energyPj[component] === null);
}

/** What the machines of some results give no energy for, each lack once: nothing where all give all. */
export function missingEnergy(results: readonly Pick<NetworkResult, 'totals' | 'arch'>[]): Document {
  const texts = results.flatMap(({ totals: { energyPj }, arch }) => {
    const missing = unknownParts(energyPj);
    if (missing.length === 0) return [];
    const parts =
      missing.length === ENERGY_COMPONENTS.length
        ? 'any component'
        : missing.map((part) => energyNames[part]).join(', ');
    return [`Machine ${arch.name} gives no energy for ${parts}, so there is no total.`];
  });
  return [...new Set(texts)].map((text) => ({ kind: 'paragraph', text }));
}

/** Components that take something, largest first. */
export function largestParts(energyPj: EnergyPj): { readonly component: EnergyComponent; readonly partPj: number }[] {
  return ENERGY_COMPONENTS.map((component) => ({ component, partPj: energyPj[component] ?? 0 }))
    .filter(({ partPj }) => partPj > 0)
    .sort((a, b) => b.partPj - a.partPj);
}

/** In one line: the total, what it comes to for each operation, and where it goes. */
export function energyLine({ totals, arch }: Pick<NetworkResult, 'totals' | 'arch'>): string {
  const { energyPj, topsPerWatt } = totals;
  const parts = largestParts(energyPj);
  const { total } = energyPj;
  if (total !== null) {
    const shares = parts.map(({ component, partPj }) => `${energyNames[component]} ${percent(partPj / total)}`);
    const operations = topsPerWatt === null ? '' : `, ${significant(topsPerWatt)} TOPS/W (2 operations a MAC)`;
    return `${energyText(total)}${operations}: ${shares.join(', ')}${origin(arch)}`;
  }
  if (parts.length === 0) return 'not given by this machine';
  const known = parts.map(({ component, partPj }) => `${energyNames[component]} ${energyText(partPj)}`);
  const missing = unknownParts(energyPj).map((component) => energyNames[component]);
  return `not given by this machine for ${missing.join(', ')}; ${known.join(', ')}`;
}

/** Nothing where the file states its figures itself. */
function origin({ energyTable, technologyNm }: NetworkResult['arch']): string {
  return energyTable === null ? '' : ` (by ${energyTable} at ${technologyNm} nm)`;
}

/** Where the energy goes before and after, and what precision saved of each part; or what the machine gives none for. */
export function explainEnergy(before: NetworkResult, after: NetworkResult): Document {
  const [from, to] = [before.totals.energyPj, after.totals.energyPj];
  if (from.total === null || to.total === null) {
    return [{ kind: 'heading', text: 'Where the energy goes' }, ...missingEnergy([before, after])];
  }
  const [fromPj, toPj] = [from.total, to.total];
  const parts = ENERGY_COMPONENTS.filter((component) => from[component]! > 0 || to[component]! > 0);
  return [
    { kind: 'heading', text: 'Where the energy goes' },
    { kind: 'paragraph', text: answer(before, after, fromPj, toPj) },
    {
      kind: 'table',
      table: {
        columns: [
          { header: '', align: 'left' },
          { header: bitWidth(before.precision.bits), align: 'right' },
          { header: 'share', align: 'right' },
          { header: bitWidth(after.precision.bits), align: 'right' },
          { header: 'share', align: 'right' },
          { header: 'less', align: 'right' },
        ],
        rows: parts.map((component) => row(energyNames[component], from[component]!, fromPj, to[component]!, toPj)),
        footer: row('all', fromPj, fromPj, toPj, toPj),
      },
    },
  ];
}

function answer(before: NetworkResult, after: NetworkResult, fromPj: number, toPj: number): string {
  const saved = fromPj - toPj;
  const change =
    saved >= 0
      ? `${energyText(toPj)} instead of ${energyText(fromPj)}: ${times(fromPj / toPj)} less`
      : `${energyText(toPj)} instead of ${energyText(fromPj)}: ${times(toPj / fromPj)} more`;
  const savings = ENERGY_COMPONENTS.map((component) => ({
    component,
    savedPj: before.totals.energyPj[component]! - after.totals.energyPj[component]!,
  })).sort((a, b) => b.savedPj - a.savedPj);
  const [first, second] = savings;
  const where =
    saved > 0 && first !== undefined && second !== undefined && first.savedPj > 0
      ? ` Of what is saved, ${percent(first.savedPj / saved)} is saved in ${energyNames[first.component]} and ` +
        `${percent(Math.max(0, second.savedPj) / saved)} in ${energyNames[second.component]}.`
      : '';
  return `${change}${perOperation(before, after)}.${where}`;
}

function perOperation({ totals: before }: NetworkResult, { totals: after }: NetworkResult): string {
  return before.topsPerWatt === null || after.topsPerWatt === null || before.topsPerWatt === 0
    ? ''
    : `, ${significant(after.topsPerWatt)} instead of ${significant(before.topsPerWatt)} TOPS/W (two operations for each MAC)`;
}

function row(name: string, fromPj: number, fromTotal: number, toPj: number, toTotal: number): string[] {
  const share = (partPj: number, ofPj: number): string => (ofPj === 0 ? '-' : percent(partPj / ofPj));
  const less = toPj === 0 ? '-' : times(fromPj / toPj);
  return [name, energyText(fromPj), share(fromPj, fromTotal), energyText(toPj), share(toPj, toTotal), less];
}
