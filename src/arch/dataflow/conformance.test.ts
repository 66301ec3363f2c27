import { describe, expect, it } from 'vitest';
import { dataflowOf, dataflows } from './index.js';
import type { Dataflow, DataflowName } from './index.js';

/** What every dataflow promises the mapping. */
describe.each(Object.entries(dataflows))('%s', (key, dataflow: Dataflow & { readonly name: DataflowName }) => {
  it('is found under its own name', () => {
    expect(dataflow.name).toBe(key);
    expect(dataflowOf(dataflow.name)).toBe(dataflow);
  });

  it('lays two loop classes out in space and streams the third', () => {
    const classes = new Set([dataflow.rows, dataflow.columns, dataflow.stream]);
    expect(classes).toEqual(new Set(['pixels', 'outputChannels', 'reduction']));
  });

  it('keeps sums in the array exactly when the reduction runs in time', () => {
    expect(dataflow.accumulatesInArray).toBe(dataflow.stream === 'reduction');
  });

  it('preloads exactly when it keeps an operand, not sums, in the array', () => {
    expect(dataflow.preloads).toBe(!dataflow.accumulatesInArray);
  });

  it('says what it does', () => {
    expect(dataflow.description).not.toBe('');
  });
});
