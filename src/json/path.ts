/** Place of a value inside a document: field names and 0-based list positions, from the outside in. */
export type JsonPath = readonly (string | number)[];

/** `['layers', 3, 'stride']` as a user reads it: `layers[3].stride`. Names that are not words are quoted. */
export function formatPath(path: JsonPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[$\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** The value at a path, undefined where there is none. Looks at own fields only, so `__proto__` finds nothing. */
export function valueAt(root: unknown, path: JsonPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
}
