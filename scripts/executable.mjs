// npm makes the command executable when it links it, and only then: a later build has to do so itself.
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/node/cli/main.js', import.meta.url), 0o755);
