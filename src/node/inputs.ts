import type { ArchSpec, Network, PolicyChoice } from '../index.js';
import { readArch, readNetwork, readPrecision } from '../index.js';
import { readText } from './files.js';
import { findData } from './shipped.js';

/**
 * Reads a machine: a file, or one that comes with the package, by its name.
 * @throws AccelsimError with every issue; `asked` names who wanted it, such as an option
 */
export function readArchFile(nameOrFile: string, asked = 'arch'): ArchSpec {
  const path = findData('arch', nameOrFile, asked);
  return readArch(readText(path), nameOrFile);
}

/**
 * Reads a network: a file, or one that comes with the package, by its name.
 * @throws AccelsimError with every issue; `asked` names who wanted it, such as an option
 */
export function readWorkloadFile(nameOrFile: string, asked = 'workload'): Network {
  const path = findData('workloads', nameOrFile, asked);
  return readNetwork(readText(path), nameOrFile);
}

/**
 * Reads a precision file.
 * @throws AccelsimError with every issue of the text
 */
export function readPrecisionFile(file: string): PolicyChoice {
  return readPrecision(readText(file), file);
}
