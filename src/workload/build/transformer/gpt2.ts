import type { ZooNetwork } from '../zoo-network.js';
import { BASE } from './base.js';
import { newPositions, throughCache } from './cache.js';
import type { DecoderStep } from './cache.js';
import { sequence, transformer } from './design.js';
import { TransformerGraph } from './graph.js';

const VOCABULARY = 50_257;
const POSITIONS = 1024;

/** The smallest GPT-2; layers named as in Hugging Face's transformers. Logits are made for the last position only. */
function gpt2(step: DecoderStep): TransformerGraph {
  const graph = new TransformerGraph();
  const { features } = BASE;
  const positions = newPositions(step);
  let x = graph.addition('transformer.add', [
    graph.embedding('transformer.wte', graph.indices('input_ids', positions), VOCABULARY, features),
    graph.embedding('transformer.wpe', graph.indices('position_ids', positions), POSITIONS, features),
  ]);
  for (let layer = 0; layer < BASE.layers; layer += 1) x = decoderBlock(graph, `transformer.h.${layer}`, x, step);
  const normal = graph.normalization('transformer.ln_f', x, 'layer-normalization');
  graph.linear('lm_head', graph.slice('transformer.last', normal, features, 1), VOCABULARY, { bias: false });
  return graph;
}

/** Normalised before each branch. Masking the future is part of softmax. */
function decoderBlock(graph: TransformerGraph, name: string, input: string, step: DecoderStep): string {
  const { features, heads, hidden } = BASE;
  const first = graph.normalization(`${name}.ln_1`, input, 'layer-normalization');
  const qkv = graph.linear(`${name}.attn.c_attn`, first, 3 * features);
  const part = (letter: string): string => graph.slice(`${name}.attn.${letter}`, qkv, features);
  const queries = part('q');
  const keys = throughCache(graph, `${name}.attn.key_cache`, part('k'), step);
  const values = throughCache(graph, `${name}.attn.value_cache`, part('v'), step);
  const mixed = graph.attention(`${name}.attn`, heads, queries, keys, values);
  const attended = graph.addition(`${name}.attn.add`, [graph.linear(`${name}.attn.c_proj`, mixed, features), input]);
  const second = graph.normalization(`${name}.ln_2`, attended, 'layer-normalization');
  const wide = graph.linear(`${name}.mlp.c_fc`, second, hidden, { activation: 'gelu' });
  return graph.addition(`${name}.mlp.add`, [graph.linear(`${name}.mlp.c_proj`, wide, features), attended]);
}

function design(phase: DecoderStep['phase'], what: string, positions: string): ZooNetwork {
  return transformer({
    name: `gpt2-${phase}`,
    description: `GPT-2, the smallest (124M): ${what}`,
    source:
      'Radford et al., Language Models are Unsupervised Multitask Learners, 2019, Table 2 (12 layers, 768); code of openai/gpt-2; layer names of Hugging Face transformers, GPT2LMHeadModel',
    parameters: sequence(positions, POSITIONS, POSITIONS),
    draw: ({ sequence: context = 0 }) => gpt2({ phase, context }),
    others: { 'embedding that lm_head shares': -VOCABULARY * BASE.features },
  });
}

export const gpt2Prefill = design(
  'prefill',
  'a whole text at once, its keys and values written to the cache',
  'tokens of the text',
);

export const gpt2Decode = design(
  'decode',
  'one token, with keys and values of the text read from the cache',
  'tokens of the text, the new one included',
);
