import { describe, expect, it } from 'vitest';
import { RegisterPlane } from './register-plane.js';
import { RowLoader } from './row-loader.js';
import { BUBBLE, SkewedFeed } from './skewed-feed.js';

describe('a plane of registers', () => {
  it('moves right from the edge, and only along rows', () => {
    const plane = new RegisterPlane(2, 3, 1);
    plane.moveRight(Int32Array.of(1, 2));
    plane.moveRight(Int32Array.of(3, 4));
    expect([...plane.values]).toEqual([3, 1, 0, 4, 2, 0]);
    plane.moveRight(Int32Array.of(5, 6));
    plane.moveRight(Int32Array.of(7, 8));
    expect([...plane.values]).toEqual([7, 5, 3, 8, 6, 4]);
  });

  it('moves down from the edge, and only along columns', () => {
    const plane = new RegisterPlane(3, 2, 1);
    plane.moveDown(Int32Array.of(1, 2));
    plane.moveDown(Int32Array.of(0, 0, 3, 4), 2);
    expect([...plane.values]).toEqual([3, 4, 1, 2, 0, 0]);
  });

  it('keeps the lanes of a register together', () => {
    const plane = new RegisterPlane(2, 2, 2);
    plane.moveRight(Int32Array.of(1, 2, 3, 4));
    plane.moveDown(Int32Array.of(5, 6, 7, 8));
    expect([...plane.values]).toEqual([5, 6, 7, 8, 1, 2, 0, 0]);
  });
});

describe('a skewed feed', () => {
  it('lets each port begin a cycle after the one before', () => {
    // Three steps at two ports: port 0 is fed 0, 1, 2 and port 1, a cycle later, 10, 11, 12.
    const feed = new SkewedFeed(2, 1, 3, { shift: Int32Array.of(0), mask: Int32Array.of(-1) });
    feed.fill((step, port) => 10 * port + step);
    const seen = [0, 1, 2, 3, 4].map((cycle) => {
      feed.present(cycle);
      return [...feed.edge, ...feed.edgeSlots];
    });
    expect(seen).toEqual([
      [0, 0, 0, BUBBLE],
      [1, 10, 1, 0],
      [2, 11, 2, 1],
      [0, 12, BUBBLE, 2],
      [0, 0, BUBBLE, BUBBLE],
    ]);
  });

  it('gives a slot to each digit, the lowest first, all lanes at once', () => {
    // 9 = 2 x 4 + 1 and 6 = 1 x 4 + 2 in digits of 2 bits.
    const feed = new SkewedFeed(1, 2, 2, { shift: Int32Array.of(0, 2), mask: Int32Array.of(3, -1) });
    feed.fill((step, _, lane) => (step === 0 ? [9, 6][lane]! : 0));
    feed.present(0);
    expect([...feed.edge]).toEqual([1, 2]);
    feed.present(1);
    expect([...feed.edge, ...feed.edgeSlots]).toEqual([2, 1, 1]);
  });
});

describe('a row loader', () => {
  const tile = (row: number, column: number) => 10 * row + column;

  it('takes a cycle for each row, the lowest first', () => {
    const loader = new RowLoader(3, 2, 1, 'exposed');
    loader.begin(tile);
    loader.tick();
    expect([...loader.held]).toEqual([20, 21, 0, 0, 0, 0]);
    loader.tick();
    expect(loader.loading).toBe(true);
    loader.tick();
    expect(loader.loading).toBe(false);
    expect([...loader.held]).toEqual([0, 1, 10, 11, 20, 21]);
    // What is in place stays there.
    loader.tick();
    expect([...loader.held]).toEqual([0, 1, 10, 11, 20, 21]);
  });

  it('leaves what is in use alone until it is told to go over, if it has shadow registers', () => {
    const loader = new RowLoader(2, 1, 1, 'overlapped');
    loader.begin(tile);
    loader.tick();
    loader.tick();
    expect([...loader.held]).toEqual([0, 0]);
    loader.latch();
    expect([...loader.held]).toEqual([0, 10]);
    loader.begin((row) => -row - 1);
    loader.tick();
    expect([...loader.held]).toEqual([0, 10]);
    loader.tick();
    loader.latch();
    expect([...loader.held]).toEqual([-1, -2]);
  });
});
