/** Endings that say in what unit a field is given; of two that fit, the longer stands first. */
const UNITS = (
  'GiBps MiBps KiBps TBps GBps MBps KBps kBps Tbps Gbps Mbps Kbps kbps Bps bps GHz MHz KHz kHz Hz ' +
  'TiB GiB MiB KiB kiB TB GB MB KB kB Bytes Bits Mm2 Um2 Nm2 Fj Pj Nj Mj Mw ' +
  'Milliseconds Microseconds Nanoseconds Seconds Cycles Ms Us Ns Nm'
).split(' ');

interface SplitName {
  /** In lower case. */
  readonly stem: string;
  /** As `UNITS` spells it; empty where the name ends in no unit. */
  readonly unit: string;
}

/** `clockMHz` is `clock` and `MHz`; so is `clockMhz`, as long as no unit is spelt just so. */
function splitUnit(name: string): SplitName {
  const lower = name.toLowerCase();
  const ends = (ending: string): boolean => name.endsWith(ending) && name.length > ending.length;
  const unit = UNITS.find(ends) ?? UNITS.find((ending) => lower.endsWith(ending.toLowerCase())) ?? '';
  return { stem: lower.slice(0, lower.length - unit.length), unit };
}

/** The allowed name of the same quantity with another unit at its end than `name`, or with a unit where `name` has none. */
export function sameButForUnit(name: string, allowed: readonly string[]): string | undefined {
  const given = splitUnit(name);
  return allowed.find((candidate) => {
    const { stem, unit } = splitUnit(candidate);
    return stem === given.stem && candidate.endsWith(unit) && unit !== '' && unit !== given.unit;
  });
}
