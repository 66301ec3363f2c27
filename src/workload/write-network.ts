import type { NetworkJson } from './schema.js';

/** A network as the text of a file: one input or layer a line, `$schema` first. */
export function writeNetwork(network: NetworkJson): string {
  const { inputs, layers, ...head } = network;
  const lines = Object.entries(head).map(([field, value]) => `  ${JSON.stringify(field)}: ${JSON.stringify(value)},`);
  return [
    '{',
    ...lines,
    '  "inputs": [',
    inputs.map((input) => `    ${oneLine(input)}`).join(',\n'),
    '  ],',
    '  "layers": [',
    layers.map((layer) => `    ${oneLine(layer)}`).join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

/** JSON on one line, with a space inside braces and after colons and commas. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([field, inner]) => `${JSON.stringify(field)}: ${oneLine(inner)}`);
  return `{ ${fields.join(', ')} }`;
}
