import { z } from 'zod';
import { grid } from './grid.js';
import { latinHypercube } from './latin-hypercube.js';
import { nsga2 } from './nsga-2.js';
import type { PointCount, Sampler, SamplerKind } from './sampler.js';
import type { Space } from './space.js';

export { Random } from './random.js';
export type { PointCount, Sampler, SamplerKind } from './sampler.js';
export { pointAt, sharesWork, spaceSize, type Space } from './space.js';

/** Every way to choose points; the schema and help derive from the keys. */
export const samplers = { grid, 'latin-hypercube': latinHypercube, 'nsga-2': nsga2 } as const satisfies Record<
  string,
  SamplerKind<{ readonly kind: string }>
>;

export type SamplerName = keyof typeof samplers;

/** The `sampler` section of a study: the union of what the kinds say of themselves. */
export type SamplerSpec = { [Name in SamplerName]: z.output<(typeof samplers)[Name]['schema']> }[SamplerName];

const [firstSchema, ...otherSchemas] = Object.values(samplers).map((kind) => kind.schema);

export const samplerSchema = z
  .discriminatedUnion('kind', [firstSchema!, ...otherSchemas])
  .meta({ description: 'which points of the space are answered' });

export function samplerOf(spec: SamplerSpec): SamplerKind<SamplerSpec> {
  // Sound because the table pairs each name with the sampler of its own section.
  return samplers[spec.kind];
}

/** How many points the study's sampler will ask for. */
export function countPoints(study: Space & { readonly sampler: SamplerSpec }): PointCount {
  return samplerOf(study.sampler).count(study.sampler, study);
}

export function startSampler(study: Space & { readonly sampler: SamplerSpec }): Sampler {
  return samplerOf(study.sampler).start(study.sampler, study);
}
