import type { ListedChoice, PerLayerChoice } from '../index.js';
import { failure, importPrecision, readLayerNames, renameLayers } from '../index.js';
import { readText } from './files.js';
import type { ShippedPrecision } from './shipped-precision.js';
import { findPrecision } from './shipped-precision.js';

/** Bits of layers that are found and read as far as that can be done before the network is known. */
export interface OpenPrecision {
  /**
   * For a network of this name. Lists for several networks may share a name: then the network says which.
   * @throws AccelsimError with every issue, where none is for it
   */
  readonly forWorkload: (name: string) => ListedChoice | PerLayerChoice;
}

/**
 * Finds and reads bits of layers, by the name of a list that comes with the package or from a file of any form.
 *
 * @param namesFile what the list calls each layer and what the network does, as JSON: `{ "layers": { theirs: ours } }`
 * @throws AccelsimError with every issue; `asked` names who wanted it, such as an option
 */
export function openPrecision(given: string, namesFile?: string, asked = 'precision'): OpenPrecision {
  const names = namesFile === undefined ? undefined : readLayerNames(readText(namesFile), namesFile);
  const renamed = (choice: ListedChoice | PerLayerChoice): ListedChoice | PerLayerChoice =>
    names === undefined ? choice : renameLayers(choice, names);
  const { file, shipped } = findPrecision(given, asked);
  if (file !== undefined) {
    const choice = renamed(importPrecision(readText(file.path), given, file.part).choice);
    return { forWorkload: () => choice };
  }
  const lists = shipped.map((one) => ({ one, choice: importPrecision(readText(one.path), one.fullName).choice }));
  return {
    forWorkload(workload) {
      const [only] = lists;
      const fitting = lists.length === 1 ? only : lists.find(({ choice }) => isFor(choice, workload));
      if (fitting === undefined) throw noneFor(workload, given, shipped, asked);
      return renamed(fitting.choice);
    },
  };
}

function isFor(choice: ListedChoice | PerLayerChoice, workload: string): boolean {
  return choice.policy === 'listed' && choice.workloads !== undefined && choice.workloads.includes(workload);
}

function noneFor(workload: string, given: string, shipped: readonly ShippedPrecision[], asked: string): Error {
  const networks = shipped.map((one) => one.workload).join(' and ');
  const hint = `for a network with other names of layers: ${shipped[0]!.fullName} and --layer-names`;
  return failure(asked, '', `there are lists of this name for ${networks}, none for ${workload}`, given, hint);
}
