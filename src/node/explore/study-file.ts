import { dirname, join } from 'node:path';
import type { NetworkJson, PolicyChoice, PreparedStudy } from '../../index.js';
import { AccelsimError, prepareStudy, readStudy, studyNeeds, type Issue } from '../../index.js';
import { isFile, readText } from '../files.js';
import { importersFor } from '../importers.js';
import { readArchFile, readWorkloadJson } from '../inputs.js';
import { openPrecision } from '../precision-files.js';

/**
 * Reads a study file and all that it names. A file it names is looked for beside it first, then as on the command line.
 * @throws AccelsimError with the issues of the study, or those of everything it names
 */
export async function readStudyFile(file: string): Promise<PreparedStudy> {
  const study = readStudy(readText(file), file);
  const needs = studyNeeds(study);
  const found = (named: string): string => {
    const beside = join(dirname(file), named);
    return /[./\\]/.test(named) && isFile(beside) ? beside : named;
  };
  const placeOf = (named: string): string => {
    const at = study.workloads.findIndex(({ workload }) => workload === named);
    return at < 0 ? axisOf('workload', named) : `workloads[${at}]`;
  };
  const axisOf = (field: string, named: string): string => {
    const at = study.axes.findIndex(({ fields }) => fields.includes(field));
    const level = study.axes[at]?.levels.find(({ set }) => set[field] === named);
    return `axes[${at}], level ${level?.label}`;
  };
  const issues: Issue[] = [];
  const reading = collecting(issues);
  const machine = await reading(() => readArchFile(found(needs.machine), `${file}: machine`));
  const networks = new Map<string, NetworkJson>();
  for (const workload of needs.workloads) {
    const json = await reading(() => readNetwork(found(workload), `${file}: ${placeOf(workload)}`));
    if (json !== undefined) networks.set(workload, json);
  }
  const precisionLists = new Map<string, Record<string, PolicyChoice>>();
  for (const list of needs.precisionLists) {
    const choices = await reading(() =>
      choicesOf(
        found(list),
        networks,
        `${file}: ${list === study.precision.list ? 'precision.list' : axisOf('precision', list)}`,
      ),
    );
    if (choices !== undefined) precisionLists.set(list, choices);
  }
  if (issues.length > 0 || machine === undefined) throw new AccelsimError(issues);
  return prepareStudy(study, {
    machine,
    networks: Object.fromEntries(networks),
    precisionLists: Object.fromEntries(precisionLists),
  });
}

async function readNetwork(named: string, asked: string): Promise<NetworkJson> {
  return readWorkloadJson(named, asked, {}, await importersFor(named)).json;
}

/** By workload, as the study names it; a list is told by the network's own name whom it is for. */
function choicesOf(
  named: string,
  networks: ReadonlyMap<string, NetworkJson>,
  asked: string,
): Record<string, PolicyChoice> {
  const open = openPrecision(named, undefined, asked);
  return Object.fromEntries([...networks].map(([workload, { name }]) => [workload, open.forWorkload(name)]));
}

/** Runs readers of which each may fail, so that a study with three wrong names is told of three. */
function collecting(issues: Issue[]): <T>(read: () => T | Promise<T>) => Promise<T | undefined> {
  return async (read) => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof AccelsimError)) throw error;
      for (const issue of error.issues) issues.push(issue);
      return undefined;
    }
  };
}
