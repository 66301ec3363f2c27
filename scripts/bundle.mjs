// The command reads some 300 modules, which takes longer than most of its answers: what it loads is put together here,
// and by itself the little that its threads load. The library keeps its modules; both are built from the same files.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const built = (path) => fileURLToPath(new URL(`../dist/node/${path}`, import.meta.url));

const options = {
  outdir: built('cli'),
  allowOverwrite: true,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
};
await build({ ...options, entryPoints: [built('explore/executor/thread.js')] });
// What is loaded late stays apart.
await build({ ...options, entryPoints: [built('cli/main.js')], splitting: true, chunkNames: 'part-[hash]' });
