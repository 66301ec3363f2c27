import { z } from 'zod';
import type { DesignPoint, PointResult } from '../study/point.js';
import { candidateOf, type Candidate } from './candidate.js';
import { crowdingDistances } from './crowding.js';
import { nonDominatedFronts } from './non-dominated-sort.js';
import { Random } from './random.js';
import type { Sampler, SamplerKind } from './sampler.js';
import { pointAt, spaceSize, type Space } from './space.js';
import { anyLevels, crossed, mutated } from './variation.js';

/** The sort compares every two of two populations. */
const MAX_POPULATION = 5_000;
const MAX_GENERATIONS = 10_000;
const CROSSOVER_PROBABILITY = 0.9;
/** Draws for each child, of parents and then at random, before a generation is left smaller. */
const TRIES_PER_CHILD = 25;

const schema = z
  .strictObject({
    kind: z.literal('nsga-2').meta({ description: 'an evolutionary search for the Pareto front' }),
    population: z.int().min(2).max(MAX_POPULATION).meta({ description: 'points of each generation' }),
    generations: z
      .int()
      .min(1)
      .max(MAX_GENERATIONS)
      .meta({ description: 'how many generations are answered, the first, random one included' }),
  })
  .meta({ description: 'an evolutionary search for the Pareto front' });

type Spec = z.output<typeof schema>;

/**
 * NSGA-II (Deb, Pratap, Agarwal and Meyarivan: A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, IEEE
 * Transactions on Evolutionary Computation 6(2), 2002) over levels of axes. No point is asked for twice: a child that is known
 * already is drawn anew, which the paper, whose variables are real numbers, has no need of.
 */
export const nsga2 = {
  description: 'an evolutionary search for the Pareto front (NSGA-II), for spaces too large for a grid',
  schema,
  learns: true,
  complete: false,
  count({ population, generations }, space) {
    return { points: Math.min(population * generations, spaceSize(space)), exact: false };
  },
  start: (spec, space): Sampler => new Evolution(spec, space),
} as const satisfies SamplerKind<Spec>;

class Evolution implements Sampler {
  readonly #spec: Spec;
  readonly #space: Space;
  readonly #random: Random;
  /** Every point that was ever asked for. */
  readonly #met = new Set<string>();
  #asked: readonly (readonly number[])[] = [];
  #parents: readonly Ranked[] = [];
  #generation = 0;

  constructor(spec: Spec, space: Space) {
    this.#spec = spec;
    this.#space = space;
    this.#random = new Random(space.seed);
  }

  next(results: readonly PointResult[]): DesignPoint[] | null {
    if (this.#generation > 0) {
      const children = this.#asked.map((levels, at) => candidateOf(levels, results[at]!, this.#space));
      const all = [...this.#parents.map(({ candidate }) => candidate), ...children];
      this.#parents = survivors(all, this.#spec.population);
    }
    if (this.#generation === this.#spec.generations) return null;
    this.#generation += 1;
    const first = this.#met.size;
    this.#asked = this.#breed();
    const { axes } = this.#space;
    return this.#asked.length === 0 ? null : this.#asked.map((levels, at) => pointAt(axes, first + at, levels));
  }

  #breed(): number[][] {
    const wanted = Math.min(this.#spec.population, spaceSize(this.#space) - this.#met.size);
    const children: number[][] = [];
    const tries = wanted * TRIES_PER_CHILD;
    for (let made = 0; made < 2 * tries && children.length < wanted; made++) {
      const child =
        this.#parents.length === 0 || made >= tries ? anyLevels(this.#space.axes, this.#random) : this.#child();
      const key = child.join();
      if (this.#met.has(key)) continue;
      this.#met.add(key);
      children.push(child);
    }
    return children;
  }

  #child(): number[] {
    const random = this.#random;
    const { axes } = this.#space;
    const mother = this.#tournament().candidate.levels;
    const father = this.#tournament().candidate.levels;
    const child = random.fraction() < CROSSOVER_PROBABILITY ? crossed(mother, father, random) : mother;
    return mutated(child, axes, random);
  }

  /** The better of two. */
  #tournament(): Ranked {
    const pick = (): Ranked => this.#parents[this.#random.below(this.#parents.length)]!;
    const [one, other] = [pick(), pick()];
    if (one.rank !== other.rank) return one.rank < other.rank ? one : other;
    return other.crowding > one.crowding ? other : one;
  }
}

interface Ranked {
  readonly candidate: Candidate;
  /** Of its front; 0 is best. */
  readonly rank: number;
  readonly crowding: number;
}

/** The best fronts that there is room for, and of the one that does not fit whole those that stand most alone. */
function survivors(candidates: readonly Candidate[], room: number): Ranked[] {
  const chosen: Ranked[] = [];
  for (const [rank, front] of nonDominatedFronts(candidates).entries()) {
    if (chosen.length >= room) break;
    const members = front.map((at) => candidates[at]!);
    const distances = crowdingDistances(members);
    const ranked = members.map((candidate, at): Ranked => ({ candidate, rank, crowding: distances[at]! }));
    // A stable sort: of equals, those met first.
    chosen.push(
      ...ranked.toSorted((left, right) => compared(right.crowding, left.crowding)).slice(0, room - chosen.length),
    );
  }
  return chosen;
}

function compared(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
