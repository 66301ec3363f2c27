import type { Terminal } from './command.js';

/** Lines a long piece of work prints, not counting the last. */
const LINES = 4;

/** A listener that says a few times, in plain lines, how far a piece of work has come. */
export function showProgress(terminal: Terminal, noun: string): (done: number, all: number) => void {
  let next = 0;
  return (done, all) => {
    if (done < next && done < all) return;
    terminal.note(`${done} of ${all} ${noun}`);
    next = done + Math.max(1, Math.ceil(all / LINES));
  };
}
