import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, nearestName, zoo } from '../index.js';
import { isFile, isFolder, isReadable } from './files.js';

/** Folders of data that come with the package, and what a file in them is called. */
const shippedFolders = { arch: 'machine', workloads: 'workload', energy: 'energy table' } as const;

export type ShippedFolder = keyof typeof shippedFolders;

/** More names than that are too many for a message. */
const MAX_LISTED = 12;

/** The package's own folder: the first around this file that has a package.json. The build puts modules together. */
const packageFolder = folderAround(fileURLToPath(import.meta.url));

function folderAround(path: string): string {
  const folder = dirname(path);
  return isFile(join(folder, 'package.json')) || folder === path ? folder : folderAround(folder);
}

export function packagePath(...parts: readonly string[]): string {
  return join(packageFolder, ...parts);
}

/** Names of the machines or networks that come with the package; networks are built, and only some are files too. */
export function shippedNames(folder: ShippedFolder): string[] {
  return folder === 'workloads' ? Object.keys(zoo).sort() : shippedFiles(folder);
}

function shippedFiles(folder: ShippedFolder): string[] {
  return readdirSync(packagePath(folder))
    .filter((file) => file.endsWith('.json') && file !== 'schema.json')
    .map((file) => basename(file, '.json'))
    .sort();
}

/**
 * Finds the file a user means by a shipped name (`default`), by the path it has in the package
 * (`arch/default.json`, from any folder), or by a path of their own, which wins over the package.
 * @throws AccelsimError that names `option` and what there is.
 */
export function findData(folder: ShippedFolder, given: string, option: string): string {
  const isBareName = /^[\w.-]+$/.test(given) && !given.endsWith('.json');
  if (!isBareName && isReadable(given)) return given;
  const names = shippedNames(folder);
  const name = shippedNameIn(folder, given);
  if (name !== undefined && shippedFiles(folder).includes(name)) return packagePath(folder, `${name}.json`);
  if (isReadable(given)) return given;
  if (isFolder(given)) throw failure(option, '', 'is a folder, not a file', given);
  const nearest = nearestName(name ?? basename(given, '.json').split(':', 1)[0]!, names);
  const listed = names.length > MAX_LISTED ? 'see accelsim workload list' : `shipped: ${names.join(', ')}`;
  const hint = `${nearest === undefined ? '' : `did you mean ${nearest}? `}${listed}; or give a file`;
  throw failure(option, '', `no such ${shippedFolders[folder]} or file`, given, hint);
}

/** `default` of `default`, `default.json`, `arch/default` and `arch/default.json`; undefined for other paths. */
function shippedNameIn(folder: ShippedFolder, given: string): string | undefined {
  const match = /^(?:\.\/)?(?:(\w+)\/)?([\w.-]+?)(?:\.json)?$/.exec(given.replaceAll('\\', '/'));
  return match !== null && (match[1] === undefined || match[1] === folder) ? match[2] : undefined;
}
