// An old build must not survive a renamed file, so the build starts from an empty folder.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
