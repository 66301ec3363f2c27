import type { MachineComparison } from '../../explore/index.js';

/** What the two machines are called: their names, told apart where they are the same. */
export function shortNames({ first, second }: MachineComparison): readonly [string, string] {
  const [one, other] = [first.arch.name, second.arch.name];
  return one === other ? [`${one} (A)`, `${other} (B)`] : [one, other];
}
