import type * as Accelsim from '../src/index.js';

const POINTS = 1_000_000;

/** Clouds of points, from the one with the shortest front to the one that is nothing but front. */
const clouds = {
  correlated: (random, columns) => {
    const base = random();
    return Array.from({ length: columns }, () => base + 0.1 * random());
  },
  'uniform at random': (random, columns) => Array.from({ length: columns }, () => random()),
  'anti-correlated': (random, columns) => onPlane(random, columns, 1 - 0.01 * random()),
  'all on the front': (random, columns) => onPlane(random, columns, 1),
} as const satisfies Record<string, (random: () => number, columns: number) => number[]>;

/** Positive figures that add up to one over `scale`. */
function onPlane(random: () => number, columns: number, scale: number): number[] {
  const parts = Array.from({ length: columns }, () => -Math.log(1 - random()));
  const sum = parts.reduce((total, part) => total + part, 0) * scale;
  return parts.map((part) => part / sum);
}

/** The Pareto front of a million points, of clouds that are easy and hard. */
export function benchPareto({ paretoFront, Random }: typeof Accelsim): void {
  const rows = [2, 3, 4].flatMap((columns) =>
    Object.entries(clouds).map(([cloud, point]) => {
      const source = new Random(columns);
      const values = new Float64Array(POINTS * columns);
      for (let row = 0; row < POINTS; row += 1)
        values.set(
          point(() => source.fraction(), columns),
          row * columns,
        );
      const start = performance.now();
      const front = paretoFront(values, columns);
      const seconds = (performance.now() - start) / 1000;
      return { objectives: columns, cloud, front: front.length, seconds: Number(seconds.toFixed(2)) };
    }),
  );
  console.log(`Pareto front of ${POINTS} points (aim < 10 s each)`);
  console.table(rows);
}
