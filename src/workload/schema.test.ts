import { describe, expect, it } from 'vitest';
import { layerKinds } from './kinds/index.js';
import { networkJsonSchema } from './schema.js';

describe('the schema for editors', () => {
  const schema = networkJsonSchema();
  const text = JSON.stringify(schema);

  it('allows a $schema field and no unknown one', () => {
    expect(schema).toMatchObject({ additionalProperties: false, required: ['name', 'inputs', 'layers'] });
    expect(schema['properties']).toHaveProperty('$schema');
  });

  it('offers every kind of layer', () => {
    for (const kind of Object.keys(layerKinds)) expect(text).toContain(`"const":"${kind}"`);
  });

  it('does not ask for what has a default', () => {
    const required = [...text.matchAll(/"required":(\[[^\]]*\])/g)].map((match) => match[1]);
    expect(required).toContain('["name","kind","input","outputChannels","kernel"]');
  });
});
