/**
 * A report before it has a form: the same blocks become a text for the terminal or a Markdown file, so that both say
 * the same thing.
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly table: Table };

/** A name and what is so named, such as `bandwidth` and `64 GB/s`. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Column {
  /** Up to two lines, by `\n`: the name, then the unit. */
  readonly header: string;
  readonly align: 'left' | 'right';
}

/** Cells are texts already; a row has as many as there are columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** A last row of sums, set apart. */
  readonly footer?: readonly string[];
}

export type Document = readonly Block[];
