import { describe, expect, it } from 'vitest';
import { buildNetwork, buildZooNetwork, zoo, zooOtherParameters } from '../workload/index.js';
import { networkToText, zooToText } from './workloads.js';

describe('the list of networks', () => {
  const lines = zooToText().split('\n');

  it('names every network, with what it takes', () => {
    const labels = lines.filter((line) => /^\S/.test(line)).map((line) => line.split(' ')[0]);
    expect(labels[0]).toBe('network');
    expect(labels.slice(2)).toEqual(Object.keys(zoo));
    // 3,857,973,248 MACs, 25,557,032 parameters.
    expect(lines.find((line) => line.startsWith('resnet50 '))).toMatch(
      /^resnet50 +3\.86 G +25\.6 M  ResNet50 for 224x224 images/,
    );
  });

  it('says what a network can be built for, in lines that fit', () => {
    const whole = lines.map((line) => line.trim()).join(' ');
    expect(whole).toContain('sequence=128 (1 to 512): tokens of the text');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110);
  });
});

describe('one network', () => {
  it('shows layers with shapes, MACs and parameters', () => {
    const { description, source, ...json } = buildZooNetwork('resnet50');
    const otherParameters = zooOtherParameters('resnet50');
    const lines = networkToText(buildNetwork(json), { description, source, otherParameters }).split('\n');
    expect(lines).toContain('network     resnet50');
    expect(lines).toContain('input       image 3x224x224 (channels x height x width)');
    expect(lines).toContain('MACs        3,857,973,248, batch 1');
    expect(lines).toContain('parameters  25,557,032: weights 25,502,912, batch normalisation 53,120, biases 1,000');
    expect(lines.find((line) => line.startsWith('conv1 '))).toMatch(/^conv1 +conv +64x112x112 +118,013,952 +- +9,408$/);
    expect(lines.find((line) => line.startsWith('maxpool '))).toMatch(/^maxpool +pool +64x56x56 +- +1,806,336 +-$/);
    expect(lines.find((line) => line.startsWith('total '))).toMatch(/^total +3,857,973,248 +7,426,048 +25,502,912$/);
  });

  it('says so where biases and normalisations are not known, and keeps many inputs short', () => {
    const text = networkToText(buildNetwork(buildZooNetwork('gpt2-decode')));
    expect(text).toMatch(/^parameters +162,915,840 weights, without biases and normalisations$/m);
    expect(text).toMatch(
      /^input +input_ids 1x1x1, position_ids 1x1x1, .*, and 22 more \(channels x height x width\)$/ms,
    );
    expect(text).toMatch(/^transformer\.wte +embed +768x1x1 +- +768 +38,597,376$/m);
  });
});
