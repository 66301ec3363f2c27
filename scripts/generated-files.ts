import { readFileSync } from 'node:fs';
import { archJsonSchema, energyTableJsonSchema } from '../src/arch/index.js';
import { studyJsonSchema } from '../src/explore/index.js';
import { precisionJsonSchema, sensitivityJsonSchema } from '../src/precision/index.js';
import { networkJsonSchema, resnet50, writeNetwork } from '../src/workload/index.js';
import type { NetworkJson } from '../src/workload/index.js';
import { memoryTables } from './memory-tables.js';
import { sawbClippingTable } from './sawb-clipping.js';
import { withZooTable } from './zoo-table.js';

/** A committed file that a program makes. */
export interface GeneratedFile {
  /** From the root of the project, with slashes. */
  readonly path: string;
  readonly content: string;
}

/** Every generated file: `npm run generate` writes them, `test/generated.test.ts` fails when one of them is stale. */
export function generatedFiles(): GeneratedFile[] {
  return [
    schemaFile('arch/schema.json', archJsonSchema()),
    schemaFile('energy/schema.json', energyTableJsonSchema()),
    schemaFile('workloads/schema.json', networkJsonSchema()),
    schemaFile('precision/schema.json', precisionJsonSchema()),
    schemaFile('precision/sensitivity.schema.json', sensitivityJsonSchema()),
    schemaFile('studies/schema.json', studyJsonSchema()),
    networkFile('workloads/resnet50.json', resnet50('v1')),
    networkFile('workloads/resnet50-v1.5.json', resnet50('v1.5')),
    networkFile('workloads/resnet50-preactivation.json', resnet50('preactivation')),
    { path: 'docs/sawb-clipping.md', content: sawbClippingTable() },
    { path: 'docs/off-chip-memory.md', content: memoryTables() },
    zooReadme('workloads/README.md'),
  ];
}

function schemaFile(path: string, schema: Record<string, unknown>): GeneratedFile {
  return { path, content: `${JSON.stringify(schema, null, 2)}\n` };
}

function networkFile(path: string, network: NetworkJson): GeneratedFile {
  return { path, content: writeNetwork({ $schema: './schema.json', ...network }) };
}

/** Written by hand, but for its table of networks. */
function zooReadme(path: string): GeneratedFile {
  return { path, content: withZooTable(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) };
}
