/**
 * The composition of a timeline: a network is planned as for a simulation, and the plan is played event by event.
 */
import { failure } from '../errors.js';
import { resolveMachine } from '../arch/index.js';
import { playNetwork, tilePlanOf, type LayerPlay, type PlayedEvent } from '../cycle/events/index.js';
import { nearestName } from '../json/index.js';
import type { Objective } from '../mapping/index.js';
import type { Mode, NetworkResult } from '../performance/index.js';
import { assignPrecision, type PrecisionChoice } from '../precision/index.js';
import type { Layer, Network } from '../workload/network.js';
import { planNetwork } from './plan-network.js';
import { precisionResult } from './precision-result.js';
import { choicesOf, type Question } from './runs.js';

/** Events beyond these are counted and dropped: a viewer can still open what is left, some 30 MB of JSON. */
export const MAX_EVENTS = 100_000;

export interface TimelineLayer extends LayerPlay {
  readonly name: string;
  readonly engine: Layer['engine'];
  readonly secondOperand: Layer['secondOperand'];
  readonly startCycle: number;
  /** What the closed form says instead of `cycles`. */
  readonly simulatedCycles: number;
}

/** An event of a layer, named by its place in `layers`, in cycles from the start of the timeline. */
export type TimelineEvent = PlayedEvent & { readonly layer: number };

/** A network, or one layer of it, as it was played. */
export interface Timeline {
  readonly arch: {
    readonly name: string;
    readonly cores: number;
    readonly clockGHz: number;
    readonly bandwidthGBps: number;
  };
  readonly workload: { readonly name: string; readonly batch: number };
  readonly mode: Mode;
  /** What mappings were chosen for; only where that is not latency. */
  readonly objective?: Objective;
  readonly precision: NetworkResult['precision'];
  readonly cycles: number;
  readonly layers: readonly TimelineLayer[];
  readonly events: readonly TimelineEvent[];
  /** Events that are missing from the end of `events`. */
  readonly eventsLeftOut: number;
}

export interface TimelineOptions {
  readonly bandwidthGBps?: number | undefined;
  /** Name of the only layer to play; it runs as it would among the others. */
  readonly layer?: string | undefined;
  readonly maxEvents?: number | undefined;
}

/**
 * Plays the first run of a question, the whole network or one layer of it.
 * @throws AccelsimError as `playRun` does
 */
export function playQuestion(question: Question, layer?: string): Timeline {
  const [choice] = choicesOf(question);
  if (choice === undefined) throw failure('bits', '', 'a precision is needed');
  return playRun(question, choice, { bandwidthGBps: question.bandwidthsGBps?.[0], layer });
}

/**
 * Plays one run.
 * @throws AccelsimError when the machine, the precision or a layer's size is impossible, or there is no such layer.
 */
export function playRun(
  { arch, network, mode, objective }: Pick<Question, 'arch' | 'network' | 'mode' | 'objective'>,
  choice: PrecisionChoice,
  { bandwidthGBps, layer: only, maxEvents = MAX_EVENTS }: TimelineOptions = {},
): Timeline {
  const chosen = only === undefined ? network.layers : [layerNamed(network, only)];
  const precision = assignPrecision(network, choice);
  const machine = resolveMachine(arch, {
    bits: precision.bits,
    ...(bandwidthGBps === undefined ? {} : { bandwidthGBps }),
  });
  const { pieces } = planNetwork(network, precision, machine, mode, objective);
  // Stripes of a layer are played as layers.
  const played = pieces
    .filter((piece) => chosen.includes(network.layers[piece.layer]!))
    .flatMap((piece) => Array.from({ length: piece.times }, () => piece));
  const planned = played.map(({ problem, mapping }) => ({ layer: problem, plan: tilePlanOf(mapping, machine) }));
  const events: TimelineEvent[] = [];
  let eventsLeftOut = 0;
  const play = playNetwork(planned, machine, (event, layer, layerStart) => {
    if (events.length < maxEvents) events.push(moved(event, layer, layerStart));
    else eventsLeftOut += 1;
  });
  return {
    arch: {
      name: machine.name,
      cores: machine.cores,
      clockGHz: machine.clockGHz,
      bandwidthGBps: machine.bandwidthGBps,
    },
    workload: { name: network.name, batch: network.batch },
    mode,
    ...(objective === undefined || objective === 'latency' ? {} : { objective }),
    precision: precisionResult(precision),
    cycles: play.cycles,
    layers: played.map(({ layer, mapping }, at) => {
      const { name, engine, secondOperand } = network.layers[layer]!;
      return { ...play.layers[at]!, name, engine, secondOperand, simulatedCycles: mapping.cycles };
    }),
    events,
    eventsLeftOut,
  };
}

function layerNamed(network: Network, name: string): Layer {
  const layer = network.layers.find((candidate) => candidate.name === name);
  if (layer !== undefined) return layer;
  const nearest = nearestName(
    name,
    network.layers.map((candidate) => candidate.name),
  );
  const hint = nearest === undefined ? undefined : `did you mean ${nearest}?`;
  throw failure(`workload ${network.name}`, 'layers', 'has no such layer', name, hint);
}

function moved(event: PlayedEvent, layer: number, by: number): TimelineEvent {
  const startCycle = event.startCycle + by;
  const endCycle = event.endCycle + by;
  return event.what === 'transfer'
    ? { ...event, layer, startCycle, endCycle, requestedCycle: event.requestedCycle + by }
    : { ...event, layer, startCycle, endCycle };
}
