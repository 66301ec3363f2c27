import type { ZooNetwork } from '../zoo-network.js';
import { bertBase } from './bert.js';
import { gpt2Decode, gpt2Prefill } from './gpt2.js';
import { llama2Decode, llama2Prefill } from './llama.js';
import { vitBase16 } from './vit.js';

/** Networks of attention layers. */
export const transformers = {
  'bert-base': bertBase,
  'vit-b-16': vitBase16,
  'gpt2-prefill': gpt2Prefill,
  'gpt2-decode': gpt2Decode,
  'llama2-7b-prefill': llama2Prefill,
  'llama2-7b-decode': llama2Decode,
} as const satisfies Record<string, ZooNetwork>;
