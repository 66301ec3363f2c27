import type { ClaimResult, PactFigures, SensitivityRow } from '../explore/index.js';
import type { Run } from '../performance/result.js';
import { accuracyBesideSpeed } from './accuracy.js';
import type { Document } from './document.js';
import { documentToMarkdown } from './markdown.js';
import { questionFacts } from './question.js';
import { accuracyBlocks, claimBlocks, figureBlocks, sensitivityBlocks } from './reproduction-blocks.js';
import { documentToText } from './text.js';

/** A reproduction of the PACT system study: what was simulated, and how it stands against the paper. */
export interface Reproduction {
  readonly claims: readonly ClaimResult[];
  readonly figures: PactFigures;
  readonly sensitivity: readonly SensitivityRow[];
  /** Runs of networks whose accuracy is published, at one bandwidth. */
  readonly accuracyRuns: readonly Run[];
}

/** The verdicts, for a terminal. */
export function reproductionToText(reproduction: Reproduction): string {
  const { claims, sensitivity, figures } = reproduction;
  return documentToText([
    ...question(reproduction),
    ...claimBlocks(claims),
    ...sensitivityBlocks(sensitivity, figures),
  ]);
}

/** The whole report; `charts` are files beside it, by what they show. */
export function reproductionToMarkdown(
  reproduction: Reproduction,
  charts: readonly { readonly title: string; readonly file: string }[],
): string {
  const { claims, sensitivity, figures, accuracyRuns } = reproduction;
  const document: Document = [
    ...question(reproduction),
    ...claimBlocks(claims),
    ...figureBlocks(figures),
    ...accuracyBlocks(accuracyRuns),
    ...sensitivityBlocks(sensitivity, figures),
  ];
  const pictures = charts.map(({ title, file }) => `![${title}](${file})`);
  return `# The system study of PACT, reproduced\n\n${documentToMarkdown(document)}\n## Charts\n\n${pictures.join('\n\n')}\n`;
}

/** The verdicts and the figures behind them, for programs. `"inf"` is an unlimited channel. */
export function reproductionToJson({ claims, figures, sensitivity, accuracyRuns }: Reproduction): string {
  const bar = ({ bits, bandwidthGBps, value }: PactFigures['speedups'][number]) => ({
    bits,
    bandwidthGBps: Number.isFinite(bandwidthGBps) ? bandwidthGBps : 'inf',
    value,
  });
  const value = {
    schemaVersion: 1,
    claims: claims.map((claim) => ({
      id: claim.id,
      statement: claim.statement,
      paper: claim.paper,
      where: claim.where,
      simulated: claim.simulated,
      tolerance: claim.tolerance,
      origin: claim.origin,
      fittedBy: claim.fittedBy ?? null,
      holds: claim.holds,
    })),
    macDensityRatio: figures.macDensityRatio,
    peakRatio: figures.peakRatio,
    speedups: figures.speedups.map(bar),
    edgeGains: figures.edgeGains.map(bar),
    sensitivity,
    accuracyBesideSpeed: accuracyBesideSpeed(accuracyRuns).map(
      ({ run: { result }, published, fullPrecision, speedup }) => ({
        workload: result.workload.name,
        ...result.precision,
        bandwidthGBps: result.arch.bandwidthGBps,
        speedup,
        top1Percent: published.top1Percent,
        fullPrecisionTop1Percent: fullPrecision?.top1Percent ?? null,
        source: published.source,
      }),
    ),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function question({ figures }: Reproduction): Document {
  const baseline = figures.runs[0]!.result;
  return [
    {
      kind: 'paragraph',
      text:
        'The system study of PACT (arXiv:1805.06085v2, section 6 and Figure 6) runs ResNet50 on a chip whose area, on-chip memory and ' +
        'bandwidth are the same at every precision, and finds that it speeds up more than its bits shrink.',
    },
    { kind: 'facts', facts: questionFacts(baseline).filter(({ label }) => DESCRIBES_MACHINE.has(label)) },
  ];
}

/** Facts that hold for every run of the study. */
const DESCRIBES_MACHINE: ReadonlySet<string> = new Set(['machine', 'area', 'workload', 'question']);
