import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArch, type ArchSpec } from '../../src/arch/index.js';
import { simulateRun } from '../../src/simulate/index.js';
import { buildNetwork, buildZooNetwork } from '../../src/workload/index.js';

const shipped = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const stripes = readArch(shipped('arch/stripes-like.json'), 'stripes-like');
const network = buildNetwork(buildZooNetwork('resnet18'), 'resnet18');

/** ResNet18 at 4 bits, first and last layer at 8. */
function totalsOf(array: Partial<ArchSpec['array']>, mac: object = {}) {
  const arch = { ...stripes, array: { ...stripes.array, ...array }, mac: { ...stripes.mac, ...mac } };
  return simulateRun({ arch, network, mode: 'latency' }, { policy: 'edges', bits: 4 }).totals;
}

/** What arch/README.md tells those who write a bit-serial machine. */
describe('the hint for bit-serial machines', () => {
  const guide = shipped('arch/README.md').replaceAll(/\s+/g, ' ');

  it('says which dataflow to take, by how much', () => {
    const own = totalsOf({}).totalCycles;
    const times = (['output-stationary', 'weight-stationary', 'row-stationary'] as const).map((name) =>
      (totalsOf({ dataflows: [name] }).totalCycles / own).toFixed(2),
    );
    expect(guide).toContain(
      `${times[0]} times longer as \`output-stationary\`, ${times[1]} times as \`weight-stationary\` and ${times[2]} times as \`row-stationary\``,
    );
  });

  it('says how many lanes are kept at work', () => {
    const [many, few] = [256, 16].map((lanes) => Math.round(100 * totalsOf({}, { serial: 'both', lanes }).utilization));
    expect(guide).toContain(`squared (256), of which ResNet18 at 4 bits keeps ${many} % at work, and ${few} % of 16`);
  });
});
