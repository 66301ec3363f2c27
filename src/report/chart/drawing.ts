import type { MacArea } from '../../arch/index.js';
import type { Run } from '../../performance/result.js';

/** What JSON can hold: no functions, nothing undefined, so that a page or a file can carry a chart. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export type PlainObject = { readonly [key: string]: Plain };

/** The shape of a chart.js configuration, as a plain value. */
export interface ChartConfiguration {
  readonly type: 'bar' | 'line' | 'scatter';
  readonly data: {
    /** Categories; a list of texts is a label of several lines. */
    readonly labels: readonly (string | readonly string[])[];
    readonly datasets: readonly PlainObject[];
  };
  readonly options: PlainObject;
}

/** A chart and the size it was laid out for. */
export interface Drawing {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly configuration: ChartConfiguration;
}

/** What the charts of one question are drawn from. */
export interface ChartInput {
  readonly runs: readonly Run[];
  /** The area model of the machine file; how large a MAC is at widths that no run has. */
  readonly macArea: MacArea;
}

/**
 * A kind of chart. One that draws a single run is drawn once for each run of a question. Either may say in a text why
 * there is no such chart.
 */
export type Chart =
  | { readonly draws: 'question'; readonly description: string; readonly draw: (input: ChartInput) => Drawing | string }
  | { readonly draws: 'run'; readonly description: string; readonly draw: (run: Run) => Drawing | string };
