import type { WriteStream } from 'node:tty';

const USUAL_COLUMNS = 80;

/** A line at the bottom of a terminal that is written again and again. */
export interface LiveLine {
  /** An empty line clears. */
  readonly show: (line: string) => void;
  readonly clear: () => void;
}

type Stream = Pick<WriteStream, 'isTTY' | 'columns'> & { readonly write: (text: string) => boolean };

/** Undefined where what is written stays: in a file, a pipe, a log. */
export function liveLine(stream: Stream): LiveLine | undefined {
  if (!stream.isTTY || process.env['TERM'] === 'dumb') return undefined;
  let shown = false;
  const clear = (): void => {
    if (shown) stream.write('\r\u001b[K');
    shown = false;
  };
  return {
    clear,
    show(line) {
      clear();
      // A line that wraps could not be written over; a terminal that does not know its width says 0.
      if (line !== '') stream.write(line.slice(0, (stream.columns || USUAL_COLUMNS) - 1));
      shown = line !== '';
    },
  };
}
