import {
  buildNetwork,
  buildZooNetwork,
  formatShape,
  networkTotals,
  zoo,
  zooOtherParameters,
} from '../workload/index.js';
import type { Network, ZooNetwork } from '../workload/index.js';
import type { Document } from './document.js';
import { count, grouped, plural } from './figures.js';
import { kindNames } from './layer-table.js';
import { documentToText } from './text.js';

/** What is known of a network beside its layers; only networks that accelsim builds have all of it. */
export interface NetworkOrigin {
  readonly description?: string | undefined;
  /** The publication or code that its shapes are from. */
  readonly source?: string | undefined;
  /** What it learns that no layer shows, by what it is. */
  readonly otherParameters?: Readonly<Record<string, number>> | undefined;
}

/** Every network that accelsim can build, with what it takes at its default parameters. */
export function zooToText(): string {
  const rows = Object.entries<ZooNetwork>(zoo).map(([name, { description, parameters }]) => {
    const { macs, weightElements } = networkTotals(buildNetwork(buildZooNetwork(name)));
    const settings = Object.entries(parameters).map(
      ([key, { default: standard, minimum, maximum, description: what }]) =>
        `; ${key}=${standard} (${minimum} to ${maximum}): ${what}`,
    );
    return [
      name,
      count(macs),
      count(weightElements + sumOf(zooOtherParameters(name))),
      `${description}${settings.join('')}`,
    ];
  });
  return documentToText([
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'network', align: 'left' },
          { header: 'MACs', align: 'right' },
          { header: 'parameters', align: 'right' },
          { header: 'what it is', align: 'left' },
        ],
        rows,
      },
    },
  ]);
}

/** The layers of a network, with their shapes and what they take. */
export function networkToText(network: Network, origin: NetworkOrigin = {}): string {
  const totals = networkTotals(network);
  const { description, source } = origin;
  const inputs = network.tensors.filter(({ producer }) => producer < 0);
  const shown = inputs.slice(0, 4).map(({ name, shape }) => `${name} ${formatShape(shape)}`);
  const more = inputs.length > shown.length ? `, and ${inputs.length - shown.length} more` : '';
  const document: Document = [
    {
      kind: 'facts',
      facts: [
        { label: 'network', value: network.name },
        ...(description === undefined ? [] : [{ label: 'what', value: description }]),
        ...(source === undefined ? [] : [{ label: 'source', value: source }]),
        { label: 'input', value: `${shown.join(', ')}${more} (channels x height x width)` },
        { label: 'layers', value: grouped(totals.layers) },
        { label: 'MACs', value: `${grouped(totals.macs)}, batch ${grouped(network.batch)}` },
        { label: 'parameters', value: parametersLine(totals.weightElements, origin.otherParameters) },
      ],
    },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'layer', align: 'left' },
          { header: 'kind', align: 'left' },
          { header: 'output', align: 'left' },
          { header: 'MACs', align: 'right' },
          { header: 'vector\noperations', align: 'right' },
          { header: 'weights', align: 'right' },
        ],
        rows: network.layers.map((layer) => [
          layer.name,
          kindNames[layer.kind],
          formatShape(network.tensors[layer.output]!.shape),
          orDash(layer.macs),
          orDash(layer.vectorOperations),
          orDash(layer.weightElements + layer.tableElements),
        ]),
        footer: [
          'total',
          '',
          '',
          grouped(totals.macs),
          grouped(totals.vectorOperations),
          grouped(totals.weightElements),
        ],
      },
    },
  ];
  return documentToText(document);
}

/** `25,557,032: weights 25,502,912, batch normalisation 53,120, biases 1,000`. */
function parametersLine(weights: number, others: NetworkOrigin['otherParameters']): string {
  if (others === undefined) return `${plural(weights, 'weight')}, without biases and normalisations`;
  const parts = Object.entries({ weights, ...others }).map(([what, number]) => `${what} ${grouped(number)}`);
  return `${grouped(weights + sumOf(others))}: ${parts.join(', ')}`;
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, number) => sum + number, 0);
}

function orDash(number: number): string {
  return number === 0 ? '-' : grouped(number);
}
