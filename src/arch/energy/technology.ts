/**
 * How the energy of a circuit changes with its technology node: Stillmaker and Baas, "Scaling equations for the accurate
 * prediction of CMOS device performance from 180 nm to 7 nm", Integration 58 (2017), 74-81,
 * https://doi.org/10.1016/j.vlsi.2017.02.002. They fit the energy of one operation at each node to a parabola of the
 * supply voltage V, `square V^2 + linear V + constant`; only ratios of it mean something.
 */
interface NodeEnergy {
  readonly technologyNm: number;
  readonly square: number;
  readonly linear: number;
  readonly constant: number;
}

/** Their coefficients, as the scaling.py of Accelergy-Project/accelergy-library-plug-in on GitHub carries them. */
const nodes: readonly NodeEnergy[] = [
  { technologyNm: 7, square: 0.1776, linear: -0.09097, constant: 0.02447 },
  { technologyNm: 10, square: 0.2068, linear: -0.09311, constant: 0.02375 },
  { technologyNm: 14, square: 0.2363, linear: -0.09675, constant: 0.02239 },
  { technologyNm: 16, square: 0.2958, linear: -0.1241, constant: 0.03024 },
  { technologyNm: 20, square: 0.373, linear: -0.1582, constant: 0.04104 },
  { technologyNm: 32, square: 0.9559, linear: -0.7823, constant: 0.471 },
  { technologyNm: 45, square: 1.103, linear: -0.362, constant: 0.2767 },
  { technologyNm: 65, square: 3.755, linear: -4.398, constant: 1.975 },
  { technologyNm: 90, square: 4.762, linear: -4.781, constant: 2.092 },
  { technologyNm: 130, square: 7.171, linear: -6.709, constant: 2.904 },
];

/** The nodes that the fit covers. */
export const MIN_TECHNOLOGY_NM = 7;
export const MAX_TECHNOLOGY_NM = 130;

/** Assumed at both nodes: the supply of Horowitz's 45 nm figures (ISSCC 2014). A lower supply would save more. */
const SUPPLY_V = 0.9;

/**
 * What an energy at one node is multiplied by at another, at the same supply voltage; 1 at the same node. Between two
 * nodes of the fit the energy is interpolated linearly.
 */
export function energyScale(fromNm: number, toNm: number): number {
  return fromNm === toNm ? 1 : relativeEnergy(toNm) / relativeEnergy(fromNm);
}

function relativeEnergy(technologyNm: number): number {
  const above = nodes.findIndex((node) => node.technologyNm >= technologyNm);
  const upper = nodes[above];
  if (upper === undefined || technologyNm < MIN_TECHNOLOGY_NM)
    throw new RangeError(`no energy is known at ${technologyNm} nm`);
  const lower = nodes[above - 1];
  if (lower === undefined || upper.technologyNm === technologyNm) return atSupply(upper);
  const part = (technologyNm - lower.technologyNm) / (upper.technologyNm - lower.technologyNm);
  return atSupply(lower) + part * (atSupply(upper) - atSupply(lower));
}

function atSupply({ square, linear, constant }: NodeEnergy): number {
  return square * SUPPLY_V ** 2 + linear * SUPPLY_V + constant;
}
