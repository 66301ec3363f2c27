// A network of one's own, put together by a program: do its separable convolutions pay, and at how many bits? Layers are
// the plain objects of a network file, so whatever makes them is a builder.
import { buildNetwork, networkTotals, simulateRuns } from 'accelsim';
import { readArchFile } from 'accelsim/node';

const arch = readArchFile('default');

/** Five 3x3 convolutions over 64x64 pixels and a classifier; separable, each is a depthwise one and a 1x1. */
function network(separable) {
  const convolution = { kind: 'convolution', padding: 'same', activation: 'relu' };
  const layers = [16, 32, 64, 128, 256].flatMap((outputChannels, index) => {
    const name = `block${index}`;
    const input = index === 0 ? 'image' : `block${index - 1}`;
    const stride = index === 0 ? 1 : 2;
    if (!separable || index === 0) return [{ ...convolution, name, input, outputChannels, kernel: 3, stride }];
    const channels = outputChannels / 2;
    const depthwise = { outputChannels: channels, groups: channels, kernel: 3, stride };
    return [
      { ...convolution, ...depthwise, name: `${name}.depthwise`, input },
      { ...convolution, name, input: `${name}.depthwise`, outputChannels, kernel: 1 },
    ];
  });
  return buildNetwork({
    name: separable ? 'separable' : 'plain',
    inputs: [{ name: 'image', channels: 3, height: 64, width: 64 }],
    layers: [
      ...layers,
      { name: 'pool', kind: 'pooling', type: 'average', kernel: 'global', input: 'block4' },
      { name: 'classes', kind: 'linear', input: 'pool', outputFeatures: 100, flatten: true },
    ],
  });
}

console.log('network    bits  million MACs       us  speedup');
for (const own of [network(false), network(true)]) {
  for (const { result, speedup } of simulateRuns({ arch, network: own, bits: [16, 8, 4], mode: 'latency' })) {
    const figures = [
      String(result.precision.bits).padStart(4),
      (networkTotals(own).macs / 1e6).toFixed(1).padStart(12),
      (1000 * result.totals.latencyMs).toFixed(2).padStart(7),
      `${speedup.value.toFixed(2)}x`.padStart(7),
    ];
    console.log(`${own.name.padEnd(9)}  ${figures.join('  ')}`);
  }
}
