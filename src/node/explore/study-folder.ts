import { join } from 'node:path';
import type { PreparedStudy } from '../../index.js';
import { AccelsimError, failure } from '../../index.js';
import { isFile, readText, writeWhole } from '../files.js';
import { FolderStore } from './store/folder-store.js';

const STUDY_FILE = 'study.json';

/** A study's folder that is open: what it holds of the points, and what it was found to be. */
export interface StudyFolder {
  readonly store: FolderStore;
  /** `changed`: it held the study of this name with other inputs, whose points are kept where they are the same. */
  readonly found: 'new' | 'same' | 'changed';
}

/**
 * Opens the folder of a study, and writes the study into it as it was prepared. Points are known by the hash of what
 * their answer depends on, so that those of the folder serve a study whose inputs have changed as far as they can.
 * @throws AccelsimError where the folder holds another study, or cannot be used
 */
export async function openStudyFolder(
  folder: string,
  study: PreparedStudy,
  warn: (line: string) => void,
): Promise<StudyFolder> {
  const before = isFile(join(folder, STUDY_FILE)) ? readStudyOf(folder) : undefined;
  if (before !== undefined && before.name !== study.name)
    throw failure(folder, '', `holds the study ${before.name}`, study.name, 'give another folder with --out');
  const isSame = before !== undefined && studyText(before) === studyText(study);
  const store = await FolderStore.open(folder, warn);
  if (!isSame) writeWhole(join(folder, STUDY_FILE), studyText(study));
  return { store, found: before === undefined ? 'new' : isSame ? 'same' : 'changed' };
}

/**
 * The study that a folder holds.
 * @throws AccelsimError where it holds none
 */
export function readStudyOf(folder: string): PreparedStudy {
  const path = join(folder, STUDY_FILE);
  if (!isFile(path))
    throw failure(folder, '', `is no folder of a study: it has no ${STUDY_FILE}`, undefined, 'see accelsim explore');
  const study = parsed(readText(path));
  // Written by accelsim and not by hand: its form tells what it is.
  if (study?.schemaVersion !== 1 || typeof study.networks !== 'object' || typeof study.machine !== 'object')
    throw failure(path, '', 'is no study that accelsim has prepared', undefined, 'give another folder with --out');
  return study;
}

/** Two studies with the same text are the same. */
export function studyText(study: PreparedStudy): string {
  return `${JSON.stringify(study)}\n`;
}

/** @throws AccelsimError naming every folder whose study is not that of the first */
export function readSameStudy(folders: readonly [string, ...string[]]): PreparedStudy {
  const [first, ...others] = folders;
  const study = readStudyOf(first);
  const issues = others.flatMap((folder) => {
    const other = readStudyOf(folder);
    const what = other.name === study.name ? `${other.name} with other inputs` : `the study ${other.name}`;
    if (studyText(other) === studyText(study)) return [];
    return failure(folder, '', `holds ${what}, not that of ${first}`).issues;
  });
  if (issues.length > 0) throw new AccelsimError(issues);
  return study;
}

function parsed(text: string): PreparedStudy | undefined {
  try {
    return JSON.parse(text) as PreparedStudy;
  } catch {
    return undefined;
  }
}
