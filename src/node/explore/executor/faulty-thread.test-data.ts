import { appendFileSync } from 'node:fs';
import type { DesignPoint, PointAnswer } from '../../../index.js';
import type { ThreadReply } from './thread.js';

/** A thread that does with a point what the point says, in place of the thread that answers points. */
const deeds: Readonly<Record<string, (point: DesignPoint) => void>> = {
  answer: () => undefined,
  exit: () => process.exit(3),
  'run out of memory': () => {
    const kept: unknown[] = [];
    for (;;) kept.push(Array.from({ length: 100 }, (_, at) => at));
  },
  'exit once': ({ values }) => {
    // The file is what the next thread knows of this one.
    if (firstTime(String(values['file']))) process.exit(1);
  },
};

function firstTime(file: string): boolean {
  try {
    appendFileSync(file, '', { flag: 'ax' });
    return true;
  } catch {
    return false;
  }
}

export function answer(points: readonly DesignPoint[]): ThreadReply {
  if (points.some(({ values }) => values['do'] === 'fail')) return { bug: 'Error: a bug of the evaluation' };
  for (const point of points) deeds[String(point.values['do'] ?? 'answer')]!(point);
  return { answers: points.map(answered) };
}

export function answered({ index, values }: DesignPoint): PointAnswer {
  return { index, values, metrics: null, feasible: true, error: null };
}
