import type { ZooNetwork } from '../zoo-network.js';
import { newPositions, throughCache } from './cache.js';
import type { DecoderStep } from './cache.js';
import { sequence, transformer } from './design.js';
import { TransformerGraph } from './graph.js';

const SIZES = { layers: 32, features: 4096, heads: 32, hidden: 11_008, vocabulary: 32_000, context: 4096 } as const;

/** No layer has a bias. */
const NO_BIAS = { bias: false } as const;

/** Llama-2-7B; layers named as in Hugging Face's transformers. Logits are made for the last position only. */
function llama(step: DecoderStep): TransformerGraph {
  const graph = new TransformerGraph();
  const { features, vocabulary } = SIZES;
  const tokens = graph.indices('input_ids', newPositions(step));
  let x = graph.embedding('model.embed_tokens', tokens, vocabulary, features);
  for (let layer = 0; layer < SIZES.layers; layer += 1) x = decoderLayer(graph, `model.layers.${layer}`, x, step);
  const normal = graph.normalization('model.norm', x, 'rms-normalization');
  graph.linear('lm_head', graph.slice('model.last', normal, features, 1), vocabulary, NO_BIAS);
  return graph;
}

function decoderLayer(graph: TransformerGraph, name: string, input: string, step: DecoderStep): string {
  const attended = attend(graph, `${name}.self_attn`, name, input, step);
  const normal = graph.normalization(`${name}.post_attention_layernorm`, attended, 'rms-normalization');
  return graph.addition(`${name}.mlp.add`, [gatedPerceptron(graph, `${name}.mlp`, normal), attended]);
}

/** Queries and keys are rotated by their position. Masking the future is part of softmax. */
function attend(graph: TransformerGraph, self: string, name: string, input: string, step: DecoderStep): string {
  const { features, heads } = SIZES;
  const normal = graph.normalization(`${name}.input_layernorm`, input, 'rms-normalization');
  const project = (letter: string): string => graph.linear(`${self}.${letter}_proj`, normal, features, NO_BIAS);
  const queries = graph.activation(`${self}.q_rotary`, project('q'), 'rotary');
  const rotated = graph.activation(`${self}.k_rotary`, project('k'), 'rotary');
  const keys = throughCache(graph, `${self}.key_cache`, rotated, step);
  const values = throughCache(graph, `${self}.value_cache`, project('v'), step);
  const mixed = graph.attention(self, heads, queries, keys, values);
  return graph.addition(`${self}.add`, [graph.linear(`${self}.o_proj`, mixed, features, NO_BIAS), input]);
}

/** SwiGLU: one half, through its non-linearity, gates the other. */
function gatedPerceptron(graph: TransformerGraph, name: string, input: string): string {
  const { features, hidden } = SIZES;
  const gate = graph.linear(`${name}.gate_proj`, input, hidden, { ...NO_BIAS, activation: 'silu' });
  const up = graph.linear(`${name}.up_proj`, input, hidden, NO_BIAS);
  return graph.linear(`${name}.down_proj`, graph.product(`${name}.gated`, [gate, up]), features, NO_BIAS);
}

function design(phase: DecoderStep['phase'], what: string, positions: string): ZooNetwork {
  return transformer({
    name: `llama2-7b-${phase}`,
    description: `Llama-2-7B: ${what}`,
    source:
      'Touvron et al., Llama 2, arXiv:2307.09288, and LLaMA, arXiv:2302.13971, Section 2.2 and Table 2 (7B); hidden size 11,008 and layer names of Hugging Face transformers, LlamaForCausalLM',
    parameters: sequence(positions, 2048, SIZES.context),
    draw: ({ sequence: context = 0 }) => llama({ phase, context }),
  });
}

export const llama2Prefill = design(
  'prefill',
  'a whole text at once, its keys and values written to the cache',
  'tokens of the text',
);

export const llama2Decode = design(
  'decode',
  'one token, with keys and values of the text read from the cache',
  'tokens of the text, the new one included',
);
