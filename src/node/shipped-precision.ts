import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failure, nearestName } from '../index.js';
import { isReadable } from './files.js';
import { packagePath } from './shipped.js';

const FOLDER = 'precision';
const ENDING = '.csv';

/** A list of bits that comes with the package. */
export interface ShippedPrecision {
  /** `hawq-v3-size-0.5`: lists for several networks may share one. */
  readonly name: string;
  /** The network it is for, in whose folder it stands. */
  readonly workload: string;
  /** `resnet50/hawq-v3-size-0.5`, which is its alone. */
  readonly fullName: string;
  readonly path: string;
}

export function shippedPrecisions(): ShippedPrecision[] {
  const folders = readdirSync(packagePath(FOLDER), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map((folder) => folder.name)
    .sort()
    .flatMap((workload) =>
      readdirSync(packagePath(FOLDER, workload))
        .filter((file) => file.endsWith(ENDING))
        .sort()
        .map((file): ShippedPrecision => {
          const name = basename(file, ENDING);
          return { name, workload, fullName: `${workload}/${name}`, path: join(packagePath(FOLDER, workload), file) };
        }),
    );
}

/** What a user may have meant. */
export interface FoundPrecision {
  /** A file of theirs, and the part of it that they name behind `#`. */
  readonly file?: { readonly path: string; readonly part?: string | undefined };
  /** Lists that come with the package: several where networks share a name. */
  readonly shipped: readonly ShippedPrecision[];
}

/**
 * Finds what a user means: a list by its name (`hawq-v3-size-0.5`, `resnet50/hawq-v3-size-0.5`, with `precision/` before
 * it or not), or a file, which wins where a path is given, with `#` and the name of a part behind it or not.
 * @throws AccelsimError that names `option` and the nearest list
 */
export function findPrecision(given: string, option: string): FoundPrecision {
  const all = shippedPrecisions();
  const asked = given
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)?precision\//, '')
    .replace(/\.csv$/, '');
  const shipped = all.filter((one) => one.fullName === asked || one.name === asked);
  const isName = !/[/\\]/.test(given) && shipped.length > 0;
  if (!isName && isReadable(given)) return { file: { path: given }, shipped: [] };
  if (shipped.length > 0) return { shipped };
  const mark = given.lastIndexOf('#');
  const path = given.slice(0, Math.max(0, mark));
  if (mark > 0 && isReadable(path)) return { file: { path, part: given.slice(mark + 1) }, shipped: [] };
  // What is called like a file was meant as one; reading it will say what is wrong with it.
  if (/\.[a-z]\w*$/i.test(given) || /^[./\\]*$/.test(given)) return { file: { path: given }, shipped: [] };
  const names = [...new Set(all.flatMap((one) => [one.name, one.fullName]))];
  const nearest = nearestName(asked, names);
  const hint = `${nearest === undefined ? '' : `did you mean ${nearest}? `}see accelsim precision list; or give a file`;
  throw failure(option, '', 'no such list of bits or file', given, hint);
}
