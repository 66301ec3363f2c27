import { BASE } from './base.js';
import { transformer } from './design.js';
import { TransformerGraph } from './graph.js';

const PATCHES = 14;
const CLASSES = 1000;

/** ViT-B/16 for 224x224 images; layers named as in timm. */
function vit(): TransformerGraph {
  const graph = new TransformerGraph();
  const { features } = BASE;
  const positions = PATCHES * PATCHES + 1;
  graph.inputs.push({ name: 'image', channels: 3, height: 224, width: 224 });
  const patches = graph.patches('patch_embed.proj', 'image', features, 16, PATCHES * PATCHES);
  const tokens = graph.joinPositions('tokens', [graph.input('cls_token', features, 1), patches]);
  const places = graph.embedding('pos_embed', graph.indices('positions', positions), positions, features);
  let x = graph.addition('pos_embed.add', [tokens, places]);
  for (let block = 0; block < BASE.layers; block += 1) x = encoderBlock(graph, `blocks.${block}`, x);
  const normal = graph.normalization('norm', x, 'layer-normalization');
  // The classifier sees the class token only.
  graph.linear('head', graph.slice('norm.first', normal, features, 1), CLASSES);
  return graph;
}

/** Normalised before each branch. */
function encoderBlock(graph: TransformerGraph, name: string, input: string): string {
  const { features, heads, hidden } = BASE;
  const first = graph.normalization(`${name}.norm1`, input, 'layer-normalization');
  const qkv = graph.linear(`${name}.attn.qkv`, first, 3 * features);
  const part = (letter: string): string => graph.slice(`${name}.attn.${letter}`, qkv, features);
  const mixed = graph.attention(`${name}.attn`, heads, part('q'), part('k'), part('v'));
  const attended = graph.addition(`${name}.attn.add`, [graph.linear(`${name}.attn.proj`, mixed, features), input]);
  const second = graph.normalization(`${name}.norm2`, attended, 'layer-normalization');
  const wide = graph.linear(`${name}.mlp.fc1`, second, hidden, { activation: 'gelu' });
  return graph.addition(`${name}.mlp.add`, [graph.linear(`${name}.mlp.fc2`, wide, features), attended]);
}

export const vitBase16 = transformer({
  name: 'vit-b-16',
  description: 'ViT-B/16 for 224x224 images, 1000 classes; the class token is an input',
  source:
    'Dosovitskiy et al., An Image is Worth 16x16 Words, arXiv:2010.11929, Table 1 (ViT-Base); layer names of timm, vit_base_patch16_224',
  parameters: {},
  draw: vit,
  others: { 'class token': BASE.features },
});
