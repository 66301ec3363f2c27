import type { Command } from 'commander';

/** Where a command writes; the process's own in `main.ts`. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** What was done, a line. */
  note(line: string): void;
  /** What a reader should know before trusting a result, a line. */
  warn(line: string): void;
  /** Shows a line in place of the one it showed before; no line for an empty one. Undefined where lines stay. */
  readonly rewrite?: ((line: string) => void) | undefined;
}

/**
 * How a command ended; a mistake of the user or a bug is thrown. `failed`: it ran, and what it checked does not hold.
 * `stopped`: it was asked to end before it was done, and left everything in order.
 */
export type Outcome = 'done' | 'failed' | 'stopped';

/** One command of `accelsim`. To add one: a file beside this, a line in the table of `program.ts` or of its group. */
export interface CliCommand {
  readonly description: string;
  /** Adds its options, arguments and help. */
  readonly configure: (command: Command) => void;
  /**
   * `options` are the texts commander read, by the option's name in camel case; nothing is checked yet. `operands` are
   * the arguments that `configure` asks for.
   */
  readonly run: (
    options: Readonly<Record<string, unknown>>,
    terminal: Terminal,
    operands: readonly string[],
  ) => Promise<Outcome> | Outcome;
}

/** Commands under one word: `accelsim workload list`. */
export interface CommandGroup {
  readonly description: string;
  readonly commands: Readonly<Record<string, CliCommand>>;
}
