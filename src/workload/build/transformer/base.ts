/** Sizes that BERT-base, ViT-B/16 and the smallest GPT-2 share. */
export const BASE = { layers: 12, features: 768, heads: 12, hidden: 3072 } as const;
