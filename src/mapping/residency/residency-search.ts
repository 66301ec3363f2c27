import { Floors } from './floors.js';
import { regionFloor } from './layer-floor.js';
import { RegionLabels } from './region-labels.js';
import { isCheaper, layOut, type Cost, type Layout } from './layout.js';
import { PricedRegion } from './priced-region.js';
import type { ResidencyGraph } from './residency-graph.js';
import type { ResidencyProblem } from './residency-problem.js';
import { cheapestPath, choicesOf, type PlanChoices } from './plan-choices.js';
import { StateSpace } from './state-space.js';
import { weightRegion, type WeightRegion } from './region.js';
import { layOutWhole } from './whole-layouts.js';

/** How far a search goes. */
export interface SearchLimits {
  /** Edges up to which a network is laid out whole. */
  readonly wholeEdges: number;
  /** Of wider networks the states that look best are gone on from: so many at each boundary, then more if that was quick. */
  readonly widths: readonly number[];
  readonly quickEdges: number;
}

/** ResNet50 has some 700 edges. */
export const LIMITS: SearchLimits = { wholeEdges: 2 ** 15, widths: [16, 64, 256], quickEdges: 2 ** 14 };

/** Prefetching multiplies states and choices, chains choices, of any network alike: that does not make it a wide one. */
const FREER_EDGES = 16;

/** Sums of prices are floats. */
const TOLERANCE = 1e-9;

const NOTHING = { choices: undefined, exact: false, lowerBoundCycles: 0, stuckAt: -1 };

/** What a search for something cheaper than a given cost found. */
export interface Found {
  /** Undefined when there was nothing cheaper. */
  readonly choices: PlanChoices | undefined;
  /** Of the plan found, or what was given. */
  readonly cost: Cost;
  /** No plan takes fewer cycles; those of `cost` where that is proved to be the least. */
  readonly lowerBoundCycles: number;
  readonly exact: boolean;
  /** The first layer that could not run in any way; -1 if there was none. */
  readonly stuckAt: number;
}

/** Spaces are used again by the next search over the same graph: making one takes longer than planning in it. */
const spaces = new WeakMap<ResidencyGraph, StateSpace>();

function spaceOf(graph: ResidencyGraph): StateSpace {
  let space = spaces.get(graph);
  if (space === undefined) spaces.set(graph, (space = new StateSpace(graph.words, graph.layers.length + 1)));
  return space;
}

/** Looks for the cheapest plan of one network on one machine, with more or less set aside for weights. */
export class ResidencySearch {
  private readonly problem: ResidencyProblem;
  private readonly limits: SearchLimits;
  private space: StateSpace;
  private readonly prices = new PricedRegion();
  private readonly end: number;
  /** The state space is too large to be laid out whole. */
  isWide = false;

  constructor(problem: ResidencyProblem, limits: SearchLimits) {
    this.problem = problem;
    this.limits = limits;
    this.end = problem.graph.layers.length;
    this.space = spaceOf(problem.graph);
  }

  region(bytes: number): WeightRegion {
    return weightRegion(bytes, this.problem.graph.allWeightBytes);
  }

  /** Cycles that no plan with this region goes below: quicker than the plan. */
  bound(region: WeightRegion): number {
    const layout = this.isWide ? undefined : this.layOutWhole(region);
    const { space, end, prices } = this;
    if (layout === undefined || layout.givenUp) return regionFloor(this.problem, region).cycles;
    if (layout.stuckAt >= 0) return Infinity;
    if (region.bytes === 0 || region.holdsAll) return space.cycles[space.head[end]!]!;
    prices.maximise(space, end, region.parts);
    return prices.bound(region.parts);
  }

  /**
   * The cheapest plan with this region, if it costs less than `upper`. Variants that were not looked into yet stand at
   * their floors; once those of the cheapest plan are all open, what is left unopened costs no less.
   */
  cheapest(region: WeightRegion, upper: Cost): Found {
    for (;;) {
      const found = this.cheapestAsKnown(region, upper);
      if (found.choices === undefined) return found;
      if (!this.open(found.choices)) return found;
    }
  }

  /** Opens all that a plan was priced by; false if it was open. */
  private open({ steps }: PlanChoices): boolean {
    let opened = false;
    for (const { step, variant, freeBytes } of steps) {
      if (this.problem.open(step, variant, freeBytes)) opened = true;
    }
    return opened;
  }

  private cheapestAsKnown(region: WeightRegion, upper: Cost): Found {
    const layout = this.isWide ? undefined : this.layOutWhole(region);
    if (layout === undefined || layout.givenUp) return this.cheapestOfWide(region, upper);
    return this.best(region, layout, { ...NOTHING, cost: upper });
  }

  private layOutWhole(region: WeightRegion): Layout {
    const { prefetches, steps, layers } = this.problem.graph;
    const edges = this.limits.wholeEdges * (prefetches || steps.length > layers.length ? FREER_EDGES : 1);
    const { space, layout } = layOutWhole(this.problem, region, edges);
    this.isWide = layout.givenUp;
    if (this.isWide) this.problem.openAll();
    else this.space = space;
    return layout;
  }

  /** A part of the states, chosen by what they can lead to at best; a larger part while that is quick. */
  private cheapestOfWide(region: WeightRegion, upper: Cost): Found {
    const { cycles: floor, price } = regionFloor(this.problem, region);
    // One that was laid out whole is kept for the next search.
    this.space = spaceOf(this.problem.graph);
    let found: Found = { ...NOTHING, cost: upper };
    if (floor > upper.cycles) return { ...found, exact: true, lowerBoundCycles: upper.cycles };
    const floors = new Floors(this.problem, region, price);
    for (const width of this.limits.widths) {
      const extent = { width, edges: Infinity, floors, upper: found.cost };
      const layout = layOut(this.space, this.problem, region, price, extent);
      found = this.best(region, layout, found);
      if (found.exact || this.space.edges > this.limits.quickEdges) break;
    }
    return { ...found, lowerBoundCycles: Math.max(found.lowerBoundCycles, Math.min(floor, found.cost.cycles)) };
  }

  /** The best of what was laid out, if it is better than what was found before. */
  private best(region: WeightRegion, { stuckAt, droppedCycles }: Layout, before: Found): Found {
    let dropped = droppedCycles;
    let { cost, choices } = before;
    if (stuckAt < 0) {
      const path = this.pathWithin(region, cost);
      if (path !== undefined) {
        dropped = Math.min(dropped, path.droppedCycles);
        if (isCheaper(path.cost, cost)) {
          cost = path.cost;
          choices = choicesOf(this.problem.graph, this.space, path.edges);
        }
      }
    }
    const lowerBoundCycles = Math.min(cost.cycles, wholeCycles(dropped));
    return { choices, cost, exact: lowerBoundCycles === cost.cycles, lowerBoundCycles, stuckAt };
  }

  /** The cheapest path through the space as laid out; undefined when none takes at most the cycles of `upper`. */
  private pathWithin(region: WeightRegion, upper: Cost): Path | undefined {
    const { space, end, prices } = this;
    const cheapest = this.path(cheapestPath(space, end));
    // Where nothing was priced, the cheapest path of all is the answer if it keeps within the region.
    if (space.price === 0 && cheapest.parts <= region.parts) return cheapest;
    const fastest = prices.maximise(space, end, region.parts);
    const within = Math.min(upper.cycles, fastest);
    if (wholeCycles(prices.bound(region.parts)) > within) return undefined;
    const labels = new RegionLabels(region.parts);
    const found = labels.cheapest(space, end, prices, within);
    return found === undefined ? undefined : { ...this.path(found), droppedCycles: labels.droppedCycles };
  }

  private path(edges: readonly number[]): Path {
    const { edgeCycles, edgeBytes, edgeParts } = this.space;
    const cost = { cycles: 0, bytes: 0 };
    let parts = 0;
    for (const edge of edges) {
      cost.cycles += edgeCycles[edge]!;
      cost.bytes += edgeBytes[edge]!;
      parts += edgeParts[edge]!;
    }
    return { edges, cost, parts, droppedCycles: Infinity };
  }
}

interface Path {
  readonly edges: readonly number[];
  readonly cost: Cost;
  readonly parts: number;
  readonly droppedCycles: number;
}

/** A bound that is a sum of floats, as the cycles that no plan goes below. */
function wholeCycles(bound: number): number {
  return bound === Infinity ? bound : Math.ceil(bound - Math.abs(bound) * TOLERANCE);
}
