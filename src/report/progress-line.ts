import { grouped, significant } from './figures.js';

/** How far a piece of work has come. */
export interface ProgressState {
  readonly done: number;
  /** Null where nobody knows. */
  readonly all: number | null;
  /** What is counted: `points`. */
  readonly noun: string;
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

const BAR_CELLS = 20;

/** `1,200 of 4,800 points (25.0%), 310 a second, 12 s left` */
export function progressLine({ done, all, noun, perSecond, secondsLeft }: ProgressState): string {
  return [
    all === null ? `${grouped(done)} ${noun}` : `${grouped(done)} of ${grouped(all)} ${noun} (${share(done, all)})`,
    ...(perSecond === null ? [] : [`${significant(Number(perSecond.toPrecision(3)))} a second`]),
    ...(secondsLeft === null || done === all ? [] : [`${duration(secondsLeft)} left`]),
  ].join(', ');
}

/** The same behind a bar, for a terminal. */
export function progressBar(state: ProgressState): string {
  const { done, all } = state;
  if (all === null || all === 0) return progressLine(state);
  const full = Math.min(BAR_CELLS, Math.floor((BAR_CELLS * done) / all));
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}] ${progressLine(state)}`;
}

/** `under 1 s`, `42 s`, `3 min 05 s`, `2 h 07 min`, `4 days` */
export function duration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${padded(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
  return `${grouped(Math.round(minutes / (24 * 60)))} days`;
}

/** Never `100.0%` before the end. */
function share(done: number, all: number): string {
  const permille = all === 0 ? 1000 : Math.floor((1000 * done) / all);
  return `${(permille / 10).toFixed(1)}%`;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
