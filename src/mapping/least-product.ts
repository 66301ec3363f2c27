import { objectives, weightedRule, type ObjectiveRule } from './objective.js';

/** The best plan under an additive rule. */
export interface SolvedPlan<Plan> {
  readonly plan: Plan;
  readonly energy: number;
  readonly cycles: number;
  /** No plan costs less under the rule. */
  readonly lowerBound: number;
}

export interface LeastProduct<Plan> extends SolvedPlan<Plan> {
  /** No plan has a smaller product, to a part in 1e12. */
  readonly exact: boolean;
  /** Rules that plans were sought under. */
  readonly solved: number;
}

/** For every plan energy + cycles x cyclePrice >= bound; with an infinite price cycles >= bound. */
interface Line {
  readonly cyclePrice: number;
  readonly bound: number;
}

/** A stretch of the border of what plans can come to, between two lines that it touches, and what was met on them. */
interface Gap {
  readonly left: Line;
  readonly right: Line;
  readonly fast: { readonly energy: number; readonly cycles: number };
  readonly frugal: { readonly energy: number; readonly cycles: number };
  /** Of the point where the lines meet: no plan between them has less. */
  readonly product: number;
}

/** More than this are not known to be needed: ResNet50 takes four to eight. */
const MOST_RULES = 64;

/** Products are sums of floats, and so is where lines meet. */
const TOLERANCE = 1e-12;

/** Whole numbers up to this are exact. */
const EXACT_LOG2 = 52;

/**
 * The plan with the least product of energy and cycles, by plans that are best under weighted sums of both; docs/model.md,
 * 5.8. A product of two positive figures is least at a corner of the convex hull of all plans, and each corner is best
 * under some weights. Where two lines meet is the best that plans between them can be: stretches in which that is no better
 * than a plan in hand are left out.
 */
export function leastProduct<Plan>(solve: (rule: ObjectiveRule) => SolvedPlan<Plan>): LeastProduct<Plan> {
  let best: SolvedPlan<Plan> | undefined;
  let solved = 0;
  const solveUnder = (rule: ObjectiveRule): SolvedPlan<Plan> => {
    const found = solve(rule);
    solved += 1;
    if (best === undefined || productOf(found) < productOf(best)) best = found;
    return found;
  };
  const fastest = solveUnder(objectives.latency);
  const mostFrugal = solveUnder(objectives.energy);
  let unsolved = Infinity;
  let gaps = [
    gapOf(
      { cyclePrice: Infinity, bound: fastest.lowerBound },
      { cyclePrice: 0, bound: mostFrugal.lowerBound },
      fastest,
      mostFrugal,
    ),
  ];
  while (gaps.length > 0) {
    const limit = productOf(best!) * (1 - TOLERANCE);
    gaps = gaps.filter(({ product }) => product < limit).sort((a, b) => a.product - b.product);
    const [gap, ...others] = gaps;
    if (gap === undefined) break;
    gaps = others;
    const weights = weightsWithin(gap);
    if (weights === undefined || solved === MOST_RULES) {
      unsolved = Math.min(unsolved, gap.product);
      continue;
    }
    const found = solveUnder(weightedRule(weights.energy, weights.cycles));
    const line = { cyclePrice: weights.cycles / weights.energy, bound: found.lowerBound / weights.energy };
    gaps.push(gapOf(gap.left, line, gap.fast, found), gapOf(line, gap.right, found, gap.frugal));
  }
  const lowerBound = Math.min(productOf(best!), unsolved);
  return { ...best!, lowerBound, exact: unsolved >= productOf(best!) * (1 - TOLERANCE), solved };
}

/** Whole weights under which both ends cost the same; undefined where none lie between the prices of the two lines. */
function weightsWithin({ left, right, fast, frugal }: Gap): { energy: number; cycles: number } | undefined {
  const saved = frugal.cycles - fast.cycles;
  const spent = fast.energy - frugal.energy;
  if (saved <= 0 || spent <= 0) return undefined;
  const price = spent / saved;
  const largest = fast.energy + price * frugal.cycles;
  const energy = 2 ** Math.max(0, Math.floor(EXACT_LOG2 - 1 - Math.log2(largest)));
  const cycles = Math.round(price * energy);
  const isBetween = cycles / energy < left.cyclePrice && cycles / energy > right.cyclePrice;
  return isBetween ? { energy, cycles } : undefined;
}

function gapOf(left: Line, right: Line, fast: Gap['fast'], frugal: Gap['frugal']): Gap {
  const cycles =
    left.cyclePrice === Infinity ? left.bound : (left.bound - right.bound) / (left.cyclePrice - right.cyclePrice);
  const energy = right.bound - right.cyclePrice * cycles;
  return { left, right, fast, frugal, product: cycles * energy };
}

function productOf({ energy, cycles }: { readonly energy: number; readonly cycles: number }): number {
  return energy * cycles;
}
