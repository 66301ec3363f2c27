import type { NetworkResult } from '../../performance/index.js';
import { simulateRun } from '../../simulate/index.js';
import {
  type AdditiveFigureName,
  additiveFigureNames,
  additiveFigures,
  type MinimisedFigure,
  minimisedFigures,
} from './bit-figures.js';
import { bitItems, precisionOf } from './bit-items.js';
import type { BitsAnswer, BitsPoint, ChosenLayer } from './bits-answer.js';
import type { BitsProgress, BitsQuestion } from './bits-question.js';
import { checkLosses } from './check-losses.js';
import { keepsBudgets, sumOf } from './choice-problem.js';
import { costTable, type UniformRun } from './cost-table.js';
import { PAIRS_TRIED, settle } from './improve.js';
import { chooseOptions } from './multiple-choice.js';
import { relax } from './multipliers.js';

const DEFAULT_ROUNDS = 3;

/**
 * Chooses the width of each layer. First from a table: what each layer takes at each width in a network that has that
 * width everywhere, which adds up exactly to the simulated figure where one width is chosen; of that table the choice is
 * the optimum (`chooseOptions`). What layers keep on chip depends on their neighbours, though, so the choice is simulated
 * as a whole, each layer changed by itself, and chosen anew from those differences, as long as that helps; where the
 * new choice does not, the best single change is made, or else the best pair. Budgets are kept exactly throughout.
 *
 * @returns undefined where no choice keeps the budgets
 * @throws AccelsimError where the machine, a width or a loss is impossible or missing
 */
export function searchBits(question: BitsQuestion, onProgress?: BitsProgress): BitsAnswer | undefined {
  const { network, bits, losses, minimise, objective, measure } = question;
  const items = bitItems(network, bits, question.edgeBits);
  checkLosses(items, question);
  const names = additiveFigureNames.filter((name) => question.budgets[name] !== undefined);
  const usesOf = (name: AdditiveFigureName): number[][] =>
    items.map((item) => item.widths.map((width) => additiveFigures[name].of(item, width, losses)));
  const budgets = names.map((name) => ({ limit: question.budgets[name]!, uses: usesOf(name) }));
  const uniformOptions = bits.map((width) => items.map(({ widths }) => nearestOption(widths, width)));
  const changes = items.reduce((sum, { widths }) => sum + widths.length - 1, 0);
  const limit = question.rounds ?? DEFAULT_ROUNDS;
  const all = bits.length + 1 + limit * (changes + 2 + PAIRS_TRIED);
  let done = 0;
  const simulate = (options: readonly number[]): NetworkResult => {
    const choice = precisionOf(network, items, options);
    const result = simulateRun(question, choice, question.bandwidthGBps);
    onProgress?.((done += 1), all);
    return result;
  };
  const { of, additive }: MinimisedFigure = minimisedFigures[minimise];

  const runs = uniformOptions.map((chosen): UniformRun => ({ result: simulate(chosen), options: chosen }));
  const table = additive === null ? costTable(network, items, runs, of!) : usesOf(additive);
  const first = chooseOptions({ costs: table, budgets });
  if (first === undefined) return undefined;
  // What adds up is settled by the table.
  const { options, rounds, settled } =
    of === null
      ? { options: first.options, rounds: 0, settled: true }
      : settle(items, first.options, budgets, (chosen) => figureOf(simulate(chosen), of), limit);
  const result = simulate(options);
  onProgress?.(all, all);

  const point = (label: string, one: NetworkResult, chosen: readonly number[]): BitsPoint => {
    const sum = (name: AdditiveFigureName): number => sumOf(usesOf(name), chosen);
    return {
      label,
      latencyMs: one.totals.latencyMs,
      energyMj: one.totals.energyMj,
      loss: losses === undefined ? null : sum('loss'),
      weightMiB: sum('size'),
      gigaBitOperations: sum('bops'),
      keepsBudgets: keepsBudgets({ costs: table, budgets }, chosen),
    };
  };
  const { multipliers } = relax({ costs: table, budgets });
  return {
    question: {
      bits,
      minimise,
      budgets: question.budgets,
      mode: question.mode,
      ...(objective === undefined ? {} : { objective }),
      ...(measure === undefined ? {} : { measure }),
      network: network.name,
    },
    precision: precisionOf(network, items, options),
    chosen: point('chosen', result, options),
    uniform: runs.map((run, at) => point(`${bits[at]} bits`, run.result, run.options)),
    layers: items.map((item, at): ChosenLayer => {
      const { layer, widths } = item;
      const width = widths[options[at]!]!;
      const { bound, totalCycles, energyPj } = result.layers[layer.index]!;
      const alone = bits.map((one, run) => ({ bits: one, layer: runs[run]!.result.layers[layer.index]! }));
      return {
        name: layer.name,
        bits: width,
        macs: layer.macs,
        weights: layer.weightElements,
        bound,
        cycles: totalCycles,
        cyclesAt: alone.map((one) => ({ bits: one.bits, cycles: one.layer.totalCycles })),
        energyPj: energyPj.total,
        energyPjAt: alone.map((one) => ({ bits: one.bits, energyPj: one.layer.energyPj.total })),
        loss: losses === undefined ? null : additiveFigures.loss.of(item, width, losses),
      };
    }),
    result,
    estimate: first.cost,
    exact: first.exact,
    settled,
    rounds,
    prices: names.map((budget, k) => ({ budget, price: multipliers[k]! })),
  };
}

function figureOf(result: NetworkResult, of: NonNullable<MinimisedFigure['of']>): number {
  return result.layers.reduce((sum, layer) => sum + of(layer, result), 0);
}

/** The option of `width`, or of the narrowest wider one. */
function nearestOption(widths: readonly number[], width: number): number {
  return Math.max(
    0,
    widths.findLastIndex((one) => one >= width),
  );
}
