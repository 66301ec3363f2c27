import { describe, expect, it } from 'vitest';
import { liveLine } from './live-line.js';

describe('a live line', () => {
  const stream = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, isTTY, columns: 10, write: (text: string) => written.push(text) > 0 };
  };

  it('is written over, never wraps, and is gone when it is empty', () => {
    const terminal = stream(true);
    const line = liveLine(terminal)!;
    line.show('one');
    line.show('0123456789abc');
    line.show('');
    line.clear();
    expect(terminal.written).toEqual(['one', '\r\u001b[K', '012345678', '\r\u001b[K']);
  });

  it('is nothing in a file', () => {
    expect(liveLine(stream(false))).toBeUndefined();
  });
});
