export { layerClasses } from './layers/index.js';
export { looksLikeTfjs, readTfjs } from './read.js';
