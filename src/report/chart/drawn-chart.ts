/** What chart.js calls as it draws. */
export interface ChartPlugin {
  readonly id: string;
  readonly afterBuildTicks?: (chart: unknown, args: { readonly scale: DrawnScale }) => void;
  readonly beforeDraw?: (chart: DrawnChart) => void;
  readonly beforeDatasetsDraw?: (chart: DrawnChart) => void;
  readonly afterDatasetsDraw?: (chart: DrawnChart) => void;
}

/** As much of a chart.js chart as the plugins touch, said without the types of a browser. */
export interface DrawnChart {
  readonly ctx: {
    fillStyle: unknown;
    strokeStyle: unknown;
    lineWidth: number;
    font: string;
    textAlign: string;
    textBaseline: string;
    lineJoin: string;
    fillText(text: string, x: number, y: number): void;
    strokeText(text: string, x: number, y: number): void;
    measureText(text: string): { readonly width: number };
    fillRect(x: number, y: number, width: number, height: number): void;
    save(): void;
    restore(): void;
  };
  readonly width: number;
  readonly height: number;
  readonly chartArea: Box;
  readonly data: { readonly datasets: readonly Annotated[] };
  readonly scales: { readonly [axis: string]: { getPixelForValue(value: number): number } };
  getDatasetMeta(index: number): { readonly data: readonly DrawnElement[] };
}

export interface DrawnScale {
  readonly options: object;
  ticks: { value: number; significand?: number }[];
}

export interface DrawnElement {
  x: number;
  readonly y: number;
  /** Where a bar begins. */
  readonly base?: number;
}

/** A rectangle on the canvas, in pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The fields of a dataset that the plugins read. */
export interface Annotated {
  readonly data: readonly unknown[];
  readonly valueLabels?: {
    readonly decimals: number;
    readonly suffix: string;
    readonly place: 'foot' | 'below';
    readonly color: string;
  };
  readonly pointTexts?: readonly string[];
  readonly alignWithDataset?: number;
  readonly whiskers?: readonly (number | null)[];
  readonly borderColor?: unknown;
}

/** Each dataset with its place. */
export function annotatedOf({ data }: DrawnChart): [number, Annotated][] {
  return data.datasets.map((dataset, index) => [index, dataset]);
}
