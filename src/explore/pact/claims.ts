import { PACT_EDGE_GAIN, PACT_PEAK_RATIO, pactDensity, pactSpeedup } from './published.js';
import { edgeGainAt, speedupAt, type PactFigures } from './measure.js';

/**
 * How a claim can be met. `fitted`: a parameter of the model was chosen so that it is. `by construction`: it follows
 * from a definition. `predicted`: neither.
 */
export type ClaimOrigin = 'fitted' | 'by construction' | 'predicted';

interface ClaimRule {
  readonly id: string;
  readonly statement: string;
  /** The paper's figure as it stands there, and where. */
  readonly paper: string;
  readonly where: string;
  readonly origin: ClaimOrigin;
  /** For a fitted claim, the parameter that was. */
  readonly fittedBy?: string;
  /** What is accepted, in words. */
  readonly tolerance: string;
  readonly simulated: (figures: PactFigures) => number;
  readonly accepts: (simulated: number, figures: PactFigures) => boolean;
  /** Figures a reader should see beside it. */
  readonly detail?: (figures: PactFigures) => string;
}

export interface ClaimResult extends Omit<ClaimRule, 'simulated' | 'accepts' | 'detail'> {
  readonly simulated: number;
  readonly detail: string;
  readonly holds: boolean;
}

const within = (value: number, fraction: number) => ({
  tolerance: `within ${fraction * 100} % of ${value}x`,
  accepts: (simulated: number) => Math.abs(simulated / value - 1) <= fraction,
});

const between = (least: number, most: number, tolerance: string) => ({
  tolerance,
  accepts: (simulated: number) => simulated >= least && simulated <= most,
});

const FIGURE = 'PACT (arXiv:1805.06085v2), Figure 6';

/** The claims of the system study, in the order of the figure. */
export const pactClaims: readonly ClaimRule[] = [
  {
    id: 'mac-density',
    statement: 'MAC density from 16 to 2 bits, both operands',
    paper: 'about 14x',
    where: `${FIGURE}(b)`,
    origin: 'fitted',
    fittedBy: 'mac.area, the shape of the area polynomial',
    ...within(pactDensity.density, 0.03),
    simulated: (figures) => figures.macDensityRatio,
  },
  {
    id: 'peak',
    statement: 'peak operations from 16 to 4 bits',
    paper: '4x',
    where: 'section 6, text',
    origin: 'by construction',
    ...between(PACT_PEAK_RATIO, PACT_PEAK_RATIO, 'exactly 4x'),
    simulated: (figures) => figures.peakRatio,
  },
  {
    id: 'speedup-64',
    statement: 'speedup from 16 to 4 bits at 64 GB/s',
    paper: '4.5x',
    where: `${FIGURE}(c)`,
    origin: 'fitted',
    fittedBy: 'scratchpad.capacityKiB',
    ...within(pactSpeedup.speedup, 0.02),
    simulated: (figures) => speedupAt(figures, 4, 64),
  },
  {
    id: 'edges',
    statement: 'first and last layers too: 2 bits at 32 GB/s',
    paper: 'a further 1.24x',
    where: 'section 6, text',
    origin: 'predicted',
    ...within(PACT_EDGE_GAIN, 0.04),
    simulated: (figures) => edgeGainAt(figures, 2, 32),
    detail: (figures) =>
      [4, 2]
        .flatMap((bits) =>
          [64, 32].map((gbps) => `${bits} bits at ${gbps} GB/s ${edgeGainAt(figures, bits, gbps).toFixed(3)}x`),
        )
        .join(', '),
  },
  {
    id: 'unlimited-4',
    statement: 'unlimited bandwidth: 16 to 4 bits near-linear',
    paper: 'near 4x',
    where: `${FIGURE}(c)`,
    origin: 'predicted',
    // Without a memory limit there is nothing to relieve, so the peak is the most that narrow operands can give.
    ...between(3.7, 4, '3.7x to 4x'),
    simulated: (figures) => speedupAt(figures, 4, Infinity),
    detail: (figures) => `8 bits ${speedupAt(figures, 8, Infinity).toFixed(3)}x`,
  },
  {
    id: 'unlimited-2',
    statement: 'unlimited bandwidth: 16 to 2 bits, a small drop',
    paper: 'below 8x',
    where: `${FIGURE}(c)`,
    origin: 'predicted',
    ...between(6, 7.4, '6.0x to 7.4x'),
    simulated: (figures) => speedupAt(figures, 2, Infinity),
  },
  {
    id: 'super-linear-64',
    statement: 'super-linear at 64 GB/s, 16 to 4 bits',
    paper: 'more than linear',
    where: `${FIGURE}(c)`,
    // It follows from the fitted 4.5x.
    origin: 'fitted',
    fittedBy: 'scratchpad.capacityKiB',
    tolerance: 'above 4x',
    accepts: (simulated) => simulated > 4,
    simulated: (figures) => speedupAt(figures, 4, 64),
  },
  {
    id: 'super-linear-32',
    statement: 'super-linear at 32 GB/s, and more so',
    paper: 'more than at 64 GB/s',
    where: `${FIGURE}(c)`,
    origin: 'predicted',
    tolerance: 'above 4x and the 64 GB/s figure',
    simulated: (figures) => speedupAt(figures, 4, 32),
    accepts: (simulated, figures) => simulated > 4 && simulated > speedupAt(figures, 4, 64),
    detail: (figures) => `${speedupAt(figures, 4, 64).toFixed(3)}x at 64 GB/s`,
  },
];

/** Holds every claim against the simulated figures. */
export function judgePact(figures: PactFigures): ClaimResult[] {
  return pactClaims.map(({ simulated, accepts, detail, ...rule }) => {
    const value = simulated(figures);
    return { ...rule, simulated: value, detail: detail?.(figures) ?? '', holds: accepts(value, figures) };
  });
}
