import { describe, expect, it } from 'vitest';
import type { Network } from '../../network.js';
import { buildNetwork } from '../../read-network.js';
import { formatShape } from '../../tensor-shape.js';
import { networkTotals } from '../../totals.js';
import { buildZooNetwork, zooOtherParameters } from '../index.js';
import type { ZooName, ZooValues } from '../index.js';

function built(name: ZooName, values: ZooValues = {}): Network {
  return buildNetwork(buildZooNetwork(name, values));
}

function macsOf(name: ZooName, values: ZooValues = {}): number {
  return networkTotals(built(name, values)).macs;
}

/** Everything that is learnt: weights, and what no layer shows. */
function parametersOf(name: ZooName, values: ZooValues = {}): number {
  const others = Object.values(zooOtherParameters(name, values)).reduce((sum, count) => sum + count, 0);
  return networkTotals(built(name, values)).weightElements + others;
}

function shapeOf(network: Network, name: string): string {
  return formatShape(network.tensors.find((tensor) => tensor.name === name)!.shape);
}

describe('BERT-base', () => {
  it('has the 109,482,240 parameters of bert-base-uncased', () => {
    // The figure of Hugging Face's BertModel; the paper says 110M. Weights: 12 layers of 7,077,888 (4 * 768^2 +
    // 2 * 768 * 3072), the pooler 589,824, tables of 30,522 + 512 + 2 rows of 768.
    expect(networkTotals(built('bert-base')).weightElements).toBe(12 * 7_077_888 + 589_824 + 31_036 * 768);
    // Biases 12 * (4 * 768 + 3072 + 768) + 768, layer normalisations (2 * 12 + 1) * 2 * 768.
    expect(zooOtherParameters('bert-base')).toEqual({ biases: 83_712, normalisations: 38_400 });
    expect(parametersOf('bert-base')).toBe(109_482_240);
  });

  it('takes 11.17e9 MACs for 128 tokens', () => {
    // calflops (github.com/MrYxJ/calculate-flops.pytorch, README) counts 11.17 GMACs for a BERT of this size;
    // MobileBERT (arXiv:2004.02984, Table 4) 22.5e9 FLOPs, two for each MAC. Its own way: 128 * (12 * 7,077,888), two
    // products of 12 * 128^2 * 768, and the pooler 589,824.
    expect(macsOf('bert-base')).toBe(128 * 12 * 7_077_888 + 2 * 12 * 128 ** 2 * 768 + 589_824);
    expect(macsOf('bert-base') / 1e9).toBeCloseTo(11.17, 2);
    expect(Math.abs((2 * macsOf('bert-base')) / 22.5e9 - 1)).toBeLessThan(0.01);
  });

  it('keeps 768 features and attends with 12 heads to all positions', () => {
    const network = built('bert-base', { sequence: 384 });
    expect(network.name).toBe('bert-base:sequence=384');
    expect(shapeOf(network, 'encoder.layer.11.output.LayerNorm')).toBe('768x384x1');
    expect(shapeOf(network, 'encoder.layer.0.attention.self.scores')).toBe('4608x384x1');
    expect(shapeOf(network, 'encoder.layer.0.intermediate.dense')).toBe('3072x384x1');
    expect(shapeOf(network, 'pooler.dense')).toBe('768x1x1');
    expect(networkTotals(network).layersByKind).toMatchObject({ linear: 12 * 6 + 1, matmul: 24, embedding: 3 });
  });
});

describe('ViT-B/16', () => {
  it('has the 86,567,656 parameters of torchvision', () => {
    expect(zooOtherParameters('vit-b-16')).toEqual({ biases: 84_712, normalisations: 38_400, 'class token': 768 });
    expect(parametersOf('vit-b-16')).toBe(86_567_656);
  });

  it('takes the 17.56e9 MACs of torchvision', () => {
    // torchvision, ViT_B_16_Weights: 17.56 "GFLOPS", which are MACs; 17.564 in its source.
    expect(macsOf('vit-b-16') / 1e9).toBeCloseTo(17.564, 3);
  });

  it('makes 14 x 14 patches and a class token 197 positions', () => {
    const network = built('vit-b-16');
    expect(shapeOf(network, 'patch_embed.proj')).toBe('768x14x14');
    expect(shapeOf(network, 'tokens')).toBe('768x197x1');
    expect(shapeOf(network, 'blocks.11.mlp.add')).toBe('768x197x1');
    expect(shapeOf(network, 'head')).toBe('1000x1x1');
  });
});

describe('GPT-2', () => {
  it.each(['gpt2-prefill', 'gpt2-decode'] as const)('%s has the 124,439,808 parameters of the smallest', (name) => {
    // The figure of Hugging Face's gpt2. lm_head and the word table are the same 50,257 x 768 weights.
    expect(zooOtherParameters(name)['embedding that lm_head shares']).toBe(-50_257 * 768);
    expect(parametersOf(name)).toBe(124_439_808);
  });

  it('takes one MAC for each weight outside of the tables and each token, and attention on top', () => {
    // Kaplan et al., Scaling Laws for Neural Language Models, arXiv:2001.08361, Table 1: N = 12 n_layer d_model^2 =
    // 84,934,656 weights, used once for each token. Products with keys and with values: 2 * 12 * 768 for each pair.
    const [weights, pair, head] = [84_934_656, 2 * 12 * 768, 50_257 * 768];
    expect(macsOf('gpt2-decode')).toBe(weights + 1024 * pair + head);
    expect(macsOf('gpt2-prefill')).toBe(1024 * weights + 1024 ** 2 * pair + head);
    expect(macsOf('gpt2-decode', { sequence: 10 })).toBe(weights + 10 * pair + head);
  });

  it('makes logits for one position, and leaves keys and values in the cache', () => {
    const prefill = built('gpt2-prefill', { sequence: 100 });
    expect(shapeOf(prefill, 'lm_head')).toBe('50257x1x1');
    expect(shapeOf(prefill, 'transformer.h.0.attn.key_cache_write')).toBe('768x100x1');
    expect(shapeOf(prefill, 'transformer.h.11.mlp.add')).toBe('768x100x1');
    const decode = built('gpt2-decode', { sequence: 100 });
    expect(shapeOf(decode, 'transformer.h.0.attn.value_cache_write')).toBe('768x1x1');
    expect(shapeOf(decode, 'transformer.h.0.attn.value_cache')).toBe('768x100x1');
    expect(shapeOf(decode, 'transformer.h.11.mlp.add')).toBe('768x1x1');
  });
});

describe('Llama-2-7B', () => {
  it.each(['llama2-7b-prefill', 'llama2-7b-decode'] as const)('%s has 6,738,415,616 parameters', (name) => {
    // The figure of Hugging Face's meta-llama/Llama-2-7b-hf. 32 layers of 4 * 4096^2 + 3 * 4096 * 11,008 weights, table
    // and head 32,000 * 4096 each; 65 normalisations of 4096.
    expect(networkTotals(built(name)).weightElements).toBe(32 * 202_375_168 + 2 * 131_072_000);
    expect(zooOtherParameters(name)).toEqual({ normalisations: 65 * 4096 });
    expect(parametersOf(name)).toBe(6_738_415_616);
  });

  it('takes 850.00e9 MACs for 128 tokens', () => {
    // calflops (github.com/MrYxJ/calculate-flops.pytorch, README, llama2-7b at 128 tokens) counts 850.00 GMACs, with
    // logits for all tokens; here they are made for the last one.
    const logits = 127 * 32_000 * 4096;
    expect((macsOf('llama2-7b-prefill', { sequence: 128 }) + logits) / 1e9).toBeCloseTo(850, 1);
  });

  it('reads half a mebibyte of 16-bit keys and values for each token of the text', () => {
    // NVIDIA, Mastering LLM Techniques: Inference Optimization: 2 * 32 layers * 4096 features * 2 bytes for a token of
    // Llama 2 7B, some 2 GB for 4096 tokens.
    const cached = (network: Network) => network.tensors.filter(({ role }) => role === 'cache');
    const decode = cached(built('llama2-7b-decode', { sequence: 4096 }));
    const read = decode.filter(({ producer }) => producer < 0).reduce((sum, { elements }) => sum + elements, 0);
    const written = decode.filter(({ producer }) => producer >= 0).reduce((sum, { elements }) => sum + elements, 0);
    expect(read * 2).toBe(4096 * 512 * 1024);
    expect(written * 2).toBe(512 * 1024);
    const prefill = cached(built('llama2-7b-prefill', { sequence: 4096 }));
    expect(prefill.reduce((sum, { elements }) => sum + elements, 0) * 2).toBe(4096 * 512 * 1024);
    expect(prefill.every(({ consumers }) => consumers.length === 0)).toBe(true);
  });

  it('has the shapes of Table 2', () => {
    const network = built('llama2-7b-prefill', { sequence: 16 });
    expect(shapeOf(network, 'model.layers.31.self_attn.scores')).toBe('512x16x1'); // 32 heads, 16 keys each
    expect(shapeOf(network, 'model.layers.31.mlp.gated')).toBe('11008x16x1');
    expect(shapeOf(network, 'model.layers.31.mlp.add')).toBe('4096x16x1');
    expect(shapeOf(network, 'lm_head')).toBe('32000x1x1');
  });
});
