const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Asks for an end when the user (Ctrl-C) or a job manager does. A second time ends the process at once, as without this.
 * Whatever the work does, its listeners are gone afterwards.
 *
 * @param onFirst says what happens now
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  onFirst: (signal: NodeJS.Signals) => void,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    for (const name of SIGNALS) process.off(name, stop);
    onFirst(signal);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}
