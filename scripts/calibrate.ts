// Fits the one parameter of the default machine that is fitted, the scratchpad capacity, and shows how the choice
// stands among other machines that IBM's published cores make plausible. Run it with `npm run calibrate`; it exits 1
// when arch/default.json is not what it finds.
import { calibrate, judgePact, measurePact, plausibleStructures, restructure } from '../src/index.js';
import { readArchFile, readWorkloadFile } from '../src/node/index.js';

const arch = readArchFile('arch/default.json');
const network = readWorkloadFile('resnet50');
const mode = 'latency';

console.log('Scratchpad capacity, everything else as in arch/default.json:\n');
console.log('KiB per core  4 bits at 64 GB/s  edges too, 2 bits at 32 GB/s');
const { steps, capacityKiB, claims } = calibrate({ arch, network, mode });
for (const step of steps) {
  const mark = step.capacityKiB === capacityKiB ? '  <- nearest 4.5x' : '';
  const figures = [step.speedup.toFixed(3).padStart(16), step.edgeGain.toFixed(3).padStart(29)];
  console.log(`${String(step.capacityKiB).padStart(12)}  ${figures.join('x ')}x${mark}`);
}
console.log(`\nAt ${capacityKiB} KiB per core:`);
for (const claim of claims) {
  console.log(
    `  ${claim.holds ? 'holds' : 'OUT  '}  ${claim.simulated.toFixed(3).padStart(6)}x  ${claim.statement} (${claim.origin})`,
  );
}

console.log('\nOther plausible machines, nothing fitted:\n');
console.log('cores  array    GHz  MiB in all  claims that hold  out');
for (const structure of plausibleStructures) {
  const verdicts = judgePact(measurePact(restructure(arch, structure), network, mode));
  const out = verdicts.filter(({ holds }) => !holds).map(({ id, simulated }) => `${id} ${simulated.toFixed(2)}x`);
  const { cores, rows, columns, clockGHz, totalScratchpadKiB } = structure;
  const size = `${rows} x ${columns}`.padEnd(7);
  console.log(
    `${String(cores).padStart(5)}  ${size}  ${clockGHz.toFixed(1)}  ${(totalScratchpadKiB / 1024).toFixed(2).padStart(10)}  ` +
      `${String(verdicts.length - out.length).padStart(8)} of ${verdicts.length}      ${out.join(', ')}`,
  );
}

if (arch.scratchpad.capacityKiB !== capacityKiB) {
  console.error(
    `\narch/default.json has ${arch.scratchpad.capacityKiB} KiB per core, and the fit gives ${capacityKiB}`,
  );
  process.exitCode = 1;
}
