import { DROP, stepOf } from './choice-code.js';
import { layOut, NO_COST, type Layout } from './layout.js';
import type { WeightRegion } from './region.js';
import type { ResidencyGraph } from './residency-graph.js';
import type { ResidencyProblem } from './residency-problem.js';
import { StateSpace } from './state-space.js';

/** All states of a network, and the ways between them. */
export interface WholeLayout {
  readonly space: StateSpace;
  readonly layout: Layout;
}

/** Layouts of one graph are kept for so many sizes of memory and region, if they are not larger than this. */
const MOST_KEPT = 64;
const KEPT_EDGES = 2 ** 15;

interface Layouts {
  /** By sizes of memory and region. */
  readonly kept: Map<string, WholeLayout>;
  /** To be filled by the next layout: making one takes longer than planning in it. */
  spare: StateSpace | undefined;
}

const layouts = new WeakMap<ResidencyGraph, Layouts>();

/**
 * Lays a graph out, if that takes no more than `edges`. While the memory and the region have the same sizes the states and
 * the ways between them are the same, whatever these cost: then they are only priced anew.
 */
export function layOutWhole(problem: ResidencyProblem, region: WeightRegion, edges: number): WholeLayout {
  const { graph, memory } = problem;
  let all = layouts.get(graph);
  if (all === undefined) layouts.set(graph, (all = { kept: new Map(), spare: undefined }));
  const { kept } = all;
  const key = `${memory.banks} ${memory.bytesPerBank} ${region.bytes}`;
  const known = kept.get(key);
  if (known !== undefined && known.space.edges <= edges && priceAnew(known.space, problem)) return known;
  kept.delete(key);
  let space = known?.space ?? all.spare;
  if (space === undefined && kept.size >= MOST_KEPT) {
    const [oldest, { space: used }] = [...kept][0]!;
    kept.delete(oldest);
    space = used;
  }
  space ??= new StateSpace(graph.words, graph.layers.length + 1);
  all.spare = undefined;
  const extent = { width: Infinity, edges, floors: undefined, upper: NO_COST };
  const layout = layOut(space, problem, region, 0, extent);
  const made = { space, layout };
  // What had no room may have some with other mappings to choose from.
  if (!layout.lacksRoom && space.edges <= KEPT_EDGES) kept.set(key, made);
  else all.spare = space;
  return made;
}

/** False if some choice turns out to have no room. */
function priceAnew(space: StateSpace, problem: ResidencyProblem): boolean {
  const { edges, edgeChoice, edgeVariant, edgeFree } = space;
  space.price = 0;
  space.forgetWays();
  for (let edge = 0; edge < edges; edge++) {
    const choice = edgeChoice[edge]!;
    if (choice === DROP) {
      space.charge(edge, 0, 0);
      continue;
    }
    const price = problem.price(stepOf(choice), edgeVariant[edge]!, edgeFree[edge]!);
    if (price === undefined) return false;
    space.charge(edge, price.cycles, price.offChipBytes);
  }
  return true;
}
