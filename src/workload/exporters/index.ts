import { toScalesim } from '../scalesim/index.js';
import { writeNetwork } from '../write-network.js';
import type { Exporter } from './exporter.js';

export type { ExportedText, Exporter } from './exporter.js';

/** Every form in which a network can be written; `accelsim workload export --format` derives from the keys. */
export const exporters = {
  json: { description: 'accelsim network', write: (_network, json) => ({ text: writeNetwork(json), notes: [] }) },
  scalesim: { description: 'SCALE-Sim topology (CSV)', write: (network) => toScalesim(network) },
} as const satisfies Record<string, Exporter>;

export type ExporterName = keyof typeof exporters;
