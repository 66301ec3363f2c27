import { z } from 'zod';
import { AccelsimError, type Issue } from '../../errors.js';
import { bitSerial } from './bit-serial.js';
import { configurable } from './configurable.js';
import { dedicated } from './dedicated.js';
import { fixedEnergyPj } from './energy.js';
import { floatingPoint } from './floating-point.js';
import { fused } from './fused.js';
import type { ComputedBits, FixedMacPj, MacKind, MacRate, MacSection, StoredValue } from './mac-kind.js';

export type { MacArea } from './area.js';
export { macAreaSchema, macAreaUm2 } from './area.js';
export type { MacEnergy } from './energy.js';
export type { ComputedBits, FixedMacPj, MacKind, MacRate, MacSection, StoredValue } from './mac-kind.js';

/** Every way to build a processing element's MAC; schema, menus and help derive from the keys. */
export const macKinds = {
  configurable,
  dedicated,
  'bit-serial': bitSerial,
  fused,
  'floating-point': floatingPoint,
} as const satisfies Record<string, MacKind<MacSection>>;

export type MacKindName = keyof typeof macKinds;

/** The `mac` section of a machine file: the union of what the kinds say of themselves. */
export type MacSpec = { [Kind in MacKindName]: z.output<(typeof macKinds)[Kind]['schema']> }[MacKindName];

const [firstSchema, ...otherSchemas] = Object.values(macKinds).map((kind) => kind.schema);

export const macSchema = z
  .discriminatedUnion('kind', [firstSchema!, ...otherSchemas])
  .superRefine((spec, context) => {
    // A kind answers only for sections that it has found sound.
    if (context.issues.length > 0) return;
    for (const { path, rule, hint } of tableIssues(spec)) {
      const place = path.split('.').slice(1);
      context.addIssue({ code: 'custom', path: place, message: hint === undefined ? rule : `${rule}; ${hint}` });
    }
  })
  .meta({ description: 'the multiply-accumulate unit of a processing element' });

/** A MAC section together with the width it was built for, as a machine holds them. */
export interface BuiltMac {
  readonly mac: MacSpec;
  readonly designBits: number;
}

export function macKindOf(spec: MacSpec): MacKind<MacSpec> {
  // Sound because the table pairs each name with the kind of its own section.
  return macKinds[spec.kind];
}

/** What tables of the section lack for the widest MACs that the file settles. */
function tableIssues(spec: MacSpec): readonly Issue[] {
  const kind = macKindOf(spec);
  const referenceBits = kind.referenceBits(spec);
  // Where the run decides, that of a run at the reference width.
  const designBits = Math.max(referenceBits, kind.designBits(spec, referenceBits));
  return builtIssues({ mac: spec, designBits });
}

/** What tables of the section lack for units built at this width. */
function builtIssues({ mac, designBits }: BuiltMac): readonly Issue[] {
  return [
    ...issuesOf(() => macKindOf(mac).elementAreaUm2(mac, designBits)),
    ...(mac.energy === undefined
      ? []
      : issuesOf(() => macEnergyPj({ mac, designBits }, designBits, designBits, () => 0))),
  ];
}

function issuesOf(ask: () => void): readonly Issue[] {
  try {
    ask();
    return [];
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return error.issues;
  }
}

/**
 * The unit as a run of nominal width `runBits` builds it; null where layers differ.
 * @throws AccelsimError naming `source` if nothing settles its width, or if a table of the section ends below it.
 */
export function buildMac(mac: MacSpec, runBits: number | null, source: string): BuiltMac {
  const kind = macKindOf(mac);
  const unsettled = issuesOf(() => kind.designBits(mac, runBits)).map((issue) => ({ ...issue, source }));
  if (unsettled.length > 0) throw new AccelsimError(unsettled);
  const built = { mac, designBits: kind.designBits(mac, runBits) };
  const hint = `the units of this run are built for ${built.designBits} bits`;
  const missing = builtIssues(built).map((issue) => ({ ...issue, source, hint }));
  if (missing.length > 0) throw new AccelsimError(missing);
  return built;
}

/** What one processing element does per cycle with operands of these widths: `lanes / passes` MACs. */
export function macRate(machine: BuiltMac, weightBits: number, activationBits: number): MacRate {
  return macKindOf(machine.mac).rate(machine.mac, machine.designBits, weightBits, activationBits);
}

/** Widths that circuits take operands of these widths for: their own, or those that they are filled up to. */
export function computedBits({ mac, designBits }: BuiltMac, weightBits: number, activationBits: number): ComputedBits {
  return macKindOf(mac).computedBits(mac, designBits, weightBits, activationBits);
}

/**
 * pJ of one MAC of operands of these widths. `fixedMacPj` says what a fixed-point MAC takes, unless the machine's own
 * section does.
 */
export function macEnergyPj(
  { mac, designBits }: BuiltMac,
  weightBits: number,
  activationBits: number,
  fixedMacPj: FixedMacPj,
): number {
  const { energy } = mac;
  const fixed: FixedMacPj = energy === undefined ? fixedMacPj : (w, a) => fixedEnergyPj(energy, w, a);
  return macKindOf(mac).energyPj(mac, designBits, weightBits, activationBits, fixed);
}

/** What of a value of `bits` lies in memory, for these units to compute with. */
export function storedValue(spec: MacSpec, bits: number): StoredValue {
  return macKindOf(spec).storedValue(spec, bits);
}

/** The next narrower nominal width at which these units do more MACs per cycle; null where there is none. */
export function narrowerBits(spec: MacSpec, bits: number): number | null {
  return macKindOf(spec).narrowerBits(spec, bits);
}
