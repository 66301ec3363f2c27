import { BASE } from './base.js';
import { sequence, transformer } from './design.js';
import { TransformerGraph } from './graph.js';

const VOCABULARY = 30_522;
const POSITIONS = 512;
const SEGMENTS = 2;

/** BERT's encoder and pooler; layers named as in the model of Hugging Face's transformers. */
function bert(positions: number): TransformerGraph {
  const graph = new TransformerGraph();
  const { features } = BASE;
  const embeddings = [
    graph.embedding('embeddings.word_embeddings', graph.indices('input_ids', positions), VOCABULARY, features),
    graph.embedding('embeddings.position_embeddings', graph.indices('position_ids', positions), POSITIONS, features),
    graph.embedding('embeddings.token_type_embeddings', graph.indices('token_type_ids', positions), SEGMENTS, features),
  ];
  const sum = graph.addition('embeddings.add', embeddings);
  let x = graph.normalization('embeddings.LayerNorm', sum, 'layer-normalization');
  for (let layer = 0; layer < BASE.layers; layer += 1) x = encoderLayer(graph, `encoder.layer.${layer}`, x);
  // The pooler sees the first position only.
  graph.linear('pooler.dense', graph.slice('pooler.first', x, features, 1), features, { activation: 'tanh' });
  return graph;
}

/** Normalised after each sum. */
function encoderLayer(graph: TransformerGraph, name: string, input: string): string {
  const { features, heads, hidden } = BASE;
  const self = `${name}.attention.self`;
  const part = (role: string): string => graph.linear(`${self}.${role}`, input, features);
  const mixed = graph.attention(self, heads, part('query'), part('key'), part('value'));
  const projected = graph.linear(`${name}.attention.output.dense`, mixed, features);
  const attended = graph.normalization(
    `${name}.attention.output.LayerNorm`,
    graph.addition(`${name}.attention.output.add`, [projected, input]),
    'layer-normalization',
  );
  const wide = graph.linear(`${name}.intermediate.dense`, attended, hidden, { activation: 'gelu' });
  const narrow = graph.linear(`${name}.output.dense`, wide, features);
  return graph.normalization(
    `${name}.output.LayerNorm`,
    graph.addition(`${name}.output.add`, [narrow, attended]),
    'layer-normalization',
  );
}

export const bertBase = transformer({
  name: 'bert-base',
  description: 'BERT-base, uncased, with its pooler and no task head',
  source:
    'Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers, arXiv:1810.04805, Section 3 (L=12, H=768, A=12); layer names of Hugging Face transformers, BertModel',
  parameters: sequence('tokens of the text', 128, POSITIONS),
  draw: ({ sequence: positions = 0 }) => bert(positions),
});
