// Writes the files of the repository that a program makes. Run it with `npm run generate` after a change to a schema
// or to a network builder.
import { writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.js';

for (const { path, content } of generatedFiles()) {
  writeFileSync(new URL(`../${path}`, import.meta.url), content);
  console.log(`wrote ${path}`);
}
