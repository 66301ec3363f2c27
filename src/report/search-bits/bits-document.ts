import {
  additiveFigureNames,
  additiveFigures,
  minimisedFigures,
  type AdditiveFigureName,
  type BitsAnswer,
  type BitsPoint,
  type ChosenLayer,
  type MinimisedFigure,
} from '../../explore/index.js';
import type { Document, Table } from '../document.js';
import { bitWidth, count, grouped, percent, plural, significant } from '../figures.js';
import { machineLine, objectiveFacts } from '../question.js';

/** What `search-bits` found, as a report. */
export function bitsDocument(answer: BitsAnswer): Document {
  const { question, result, layers } = answer;
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'machine', value: machineLine(result) },
        { label: 'workload', value: `${question.network}, batch ${grouped(result.workload.batch)}` },
        { label: 'widths', value: `${question.bits.join(', ')} bits, of weights and activations alike` },
        ...objectiveFacts(result),
        { label: 'least', value: leastLine(answer) },
        { label: 'within', value: withinLine(answer) },
        ...(question.measure === undefined ? [] : [{ label: 'loss', value: question.measure }]),
        { label: 'proof', value: proofLine(answer) },
      ],
    },
    { kind: 'heading', text: 'Against one width everywhere' },
    { kind: 'table', table: pointTable(answer) },
    { kind: 'heading', text: 'Why these layers' },
    { kind: 'list', items: reasons(answer) },
    { kind: 'heading', text: 'Layers' },
    { kind: 'table', table: layerTable(answer, layers) },
  ];
}

function budgetsOf({ question }: BitsAnswer): { readonly name: AdditiveFigureName; readonly limit: number }[] {
  return additiveFigureNames.flatMap((name) => {
    const limit = question.budgets[name];
    return limit === undefined ? [] : [{ name, limit }];
  });
}

/** Of other mappings than those it would be least with that is said. */
function leastLine({ question, result }: BitsAnswer): string {
  const { label, objective }: MinimisedFigure = minimisedFigures[question.minimise];
  const chosenFor = result.objective ?? 'latency';
  if (objective === null || objective === chosenFor) return label;
  return `${label}, with mappings chosen for ${chosenFor}; those chosen for ${objective} may take less`;
}

function withinLine(answer: BitsAnswer): string {
  const budgets = budgetsOf(answer).map(({ name, limit }) => {
    const { label, unit } = additiveFigures[name];
    return `${label} of at most ${significant(limit)} (${unit})`;
  });
  return budgets.length === 0 ? 'no budget: every layer gets the width that is best' : budgets.join(' and ');
}

function proofLine({ exact, settled, rounds, estimate, question }: BitsAnswer): string {
  const { unit, additive }: MinimisedFigure = minimisedFigures[question.minimise];
  if (additive !== null) return exact ? 'the optimum' : 'not proved to be the optimum';
  const table = `${exact ? 'optimum' : 'not proved to be the optimum'} of what layers take in networks of one width (${significant(estimate)} ${unit})`;
  if (rounds === 0) return `${table}; not changed further`;
  return settled
    ? `${table}; simulated as a whole, no change of one layer within the budget helps, and none of the pairs that were tried`
    : `${table}; improved ${plural(rounds, 'time')} in the simulated network, where more rounds may help`;
}

function pointTable({ chosen, uniform, question }: BitsAnswer): Table {
  const hasLoss = chosen.loss !== null;
  const hasEnergy = chosen.energyMj !== null;
  const row = (point: BitsPoint): string[] => [
    point.label,
    significant(point.latencyMs),
    ...(hasEnergy ? [significant(point.energyMj ?? 0)] : []),
    ...(hasLoss ? [significant(point.loss ?? 0)] : []),
    significant(point.weightMiB),
    significant(point.gigaBitOperations),
    point.keepsBudgets ? 'yes' : 'no',
  ];
  return {
    columns: [
      { header: 'precision', align: 'left' },
      { header: 'latency\nms', align: 'right' },
      ...(hasEnergy ? [{ header: 'energy\nmJ', align: 'right' as const }] : []),
      ...(hasLoss ? [{ header: 'loss', align: 'right' as const }] : []),
      { header: 'weights\nMiB', align: 'right' },
      { header: 'bit operations\n1e9', align: 'right' },
      { header: `within\n${Object.keys(question.budgets).length === 1 ? 'budget' : 'budgets'}`, align: 'right' },
    ],
    rows: [chosen, ...uniform].map(row),
  };
}

/** The roofline's part: which layers gain most by being narrow, and what the last one that was narrowed gained. */
function reasons(answer: BitsAnswer): string[] {
  const { layers, question, prices, result } = answer;
  const [widest, ...narrower] = question.bits.toSorted((left, right) => right - left);
  const minimised = minimisedFigures[question.minimise];
  const groups = [widest!, ...narrower].flatMap((bits) => {
    const those = layers.filter((layer) => layer.bits === bits);
    if (those.length === 0) return [];
    const cycles = those.reduce((sum, layer) => sum + layer.cycles, 0);
    const macs = those.reduce((sum, layer) => sum + layer.macs, 0);
    const all = layers.reduce((sum, layer) => sum + layer.macs, 0);
    const bounds = [...new Set(those.map(({ bound }) => bound))].map(
      (bound) => `${those.filter((layer) => layer.bound === bound).length} ${bound}-bound`,
    );
    return [
      `${bitWidth(bits)}: ${plural(those.length, 'layer')} (${bounds.join(', ')}), ${percent(macs / all)} of the MACs, ${percent(cycles / result.totals.totalCycles)} of the cycles`,
    ];
  });
  const margins = prices.map(({ budget, price }) => {
    const { label } = additiveFigures[budget];
    return price > 0
      ? `at the margin one more unit of ${label} saves ${significant(price)} ${minimised.unit}: a layer is narrowed where it saves at least that for each unit it takes`
      : `the budget of ${label} does not bind: more of it would save nothing`;
  });
  const isFree = question.budgets.loss === undefined && question.minimise !== 'loss';
  return [
    ...groups,
    ...margins,
    ...(isFree ? ['no budget of loss is set, so that nothing speaks for a wide layer but what it would cost'] : []),
    minimised.savings,
  ];
}

function layerTable({ question }: BitsAnswer, layers: readonly ChosenLayer[]): Table {
  const hasLoss = layers.some(({ loss }) => loss !== null);
  const hasEnergy = layers.every(({ energyPj }) => energyPj !== null);
  const widths = question.bits.toSorted((left, right) => right - left);
  return {
    columns: [
      { header: 'layer', align: 'left' },
      { header: 'bits', align: 'right' },
      { header: 'bound', align: 'left' },
      { header: 'MACs', align: 'right' },
      { header: 'weights', align: 'right' },
      { header: 'kcyc', align: 'right' },
      ...widths.map((bits) => ({ header: `all at ${bits} b\nkcyc`, align: 'right' as const })),
      ...(hasEnergy ? [{ header: 'energy\nuJ', align: 'right' as const }] : []),
      ...(hasLoss ? [{ header: 'loss', align: 'right' as const }] : []),
    ],
    rows: layers.map(({ name, bits, bound, macs, weights, cycles, cyclesAt, energyPj, loss }) => [
      name,
      String(bits),
      bound,
      count(macs),
      count(weights),
      grouped(cycles / 1e3, 1),
      ...widths.map((width) => grouped((cyclesAt.find((one) => one.bits === width)?.cycles ?? 0) / 1e3, 1)),
      ...(hasEnergy ? [significant((energyPj ?? 0) / 1e6)] : []),
      ...(hasLoss ? [significant(loss ?? 0)] : []),
    ]),
  };
}
