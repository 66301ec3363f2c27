import { failure } from '../../errors.js';
import { toArchJson, type ArchSpec } from '../../arch/index.js';
import type { PolicyChoice } from '../../precision/index.js';
import type { NetworkJson } from '../../workload/index.js';
import { studyNeeds, type Study } from './read-study.js';
import type { PreparedStudy } from './prepared-study.js';

/** What `studyNeeds` asked for. */
export interface StudySources {
  readonly machine: ArchSpec;
  /** By the name or file that the study says. */
  readonly networks: Readonly<Record<string, NetworkJson>>;
  /** By list, then by workload: every list for every workload. */
  readonly precisionLists: Readonly<Record<string, Readonly<Record<string, PolicyChoice>>>>;
}

/**
 * Puts what a study names into it, so that nothing but the outcome is needed to answer its points.
 * @throws AccelsimError when something it needs is not there
 */
export function prepareStudy(study: Study, { machine, networks, precisionLists }: StudySources): PreparedStudy {
  const { workloads, precisionLists: lists } = studyNeeds(study);
  for (const workload of workloads)
    if (!Object.hasOwn(networks, workload)) throw failure(study.name, 'workloads', 'was not read', workload);
  for (const list of lists)
    for (const workload of workloads)
      if (!Object.hasOwn(precisionLists, list) || !Object.hasOwn(precisionLists[list]!, workload))
        throw failure(study.name, 'precision', `was not read for ${workload}`, list);
  const prepared: PreparedStudy = { ...study, machine: toArchJson(machine), networks, precisionLists };
  // What a thread or another computer is sent is what is used here too.
  const sent: PreparedStudy = JSON.parse(JSON.stringify(prepared));
  return sent;
}
