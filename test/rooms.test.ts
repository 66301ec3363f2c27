import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importsOf } from './rooms/imports.js';
import { tokensOf } from './rooms/tokens.js';
import { violationsOf } from './rooms/violations.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files that are or will be under version control, as paths from the root. */
function projectFiles(): string[] {
  if (existsSync(`${root}.git`)) {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
    return listed.filter((path) => path !== '' && existsSync(root + path));
  }
  // Unpacked from an archive: everything but what running the project makes.
  const made = /^(node_modules|dist|coverage)(\/|$)/;
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return all.filter((path) => !made.test(path) && statSync(root + path).isFile());
}

function read(path: string): string {
  return readFileSync(root + path, 'utf8');
}

function specifiers(source: string): (string | null)[] {
  return importsOf(tokensOf(source)).map(({ specifier }) => specifier);
}

/** What is found in a made-up house whose only dependency is commander. */
function faults(files: Record<string, string>): string[] {
  return violationsOf(new Map(Object.entries(files)), ['commander']);
}

describe('the house', () => {
  const files = projectFiles();
  const declared: Record<'dependencies' | 'peerDependencies', Record<string, string>> = JSON.parse(
    read('package.json'),
  );

  it('looks only to the left', () => {
    const sources = new Map(
      files.filter((path) => /^(src|test)\/.*\.ts$/.test(path)).map((path) => [path, read(path)]),
    );
    expect([...sources.keys()]).toContain('src/units.ts');
    expect(violationsOf(sources, Object.keys({ ...declared.dependencies, ...declared.peerDependencies }))).toEqual([]);
  });

  it('stands alone: no file mentions a place outside the project', () => {
    // Put together here, so that this file does not mention them.
    const outside = [['..', 'shared'].join('/'), ['.lib', 'rary'].join(''), ['', 'work', ''].join('/')];
    const mentions = files.flatMap((path) => {
      const text = readFileSync(root + path, 'latin1');
      return outside
        .filter((place) => text.includes(place) || path.includes(place))
        .map((place) => `${path}: ${place}`);
    });
    expect(mentions).toEqual([]);
  });
});

describe('reading imports', () => {
  it('finds every way to name another module', () => {
    const source = `
      import a, { type B, b as c } from './1.js';
      import type { D } from "./2.js";
      import * as e from './3.js'; import './4.js';
      export { f } from './5.js';
      export * from './6.js';
      export type * as g from './7.js';
      export type { H } from './8.js';
      const i = await import('./9.js'), j = import(\`./10.js\`, { with: {} });
      type K = import('./11.js').K;
      import l = require('./12.js');
      const m = \`\${await import('./13.js')} and \${{ n: { o: import('./14.js') } }}\`;
      void import(somewhere); void import('./' + name);`;
    const numbered = Array.from({ length: 14 }, (_, at) => `./${at + 1}.js`);
    expect(specifiers(source)).toEqual([...numbered, null, null]);
  });

  it('is not misled by comments, texts, patterns, templates and look-alikes', () => {
    const source = `#!/usr/bin/env node
      // import './a.js'
      /* import './b.js' */
      const c = "import './c.js'", d = 'it\\'s import("./d.js")', e = \`import './e.js' \${1} import './e.js'\`;
      const f = /import '.\\/f.js' ["'\`]/.test(g) ? 4 / 2 : h / import.meta.url.length;
      builder.import('./i.js'); const j = { import: './j.js' };
      export const from = './k.js'; export { from }; export default class {}`;
    expect(specifiers(source)).toEqual([]);
  });

  it('knows the line', () => {
    expect(importsOf(tokensOf("/* 1\n2 */\n`3\n4`\nimport './a.js';"))).toEqual([{ specifier: './a.js', line: 5 }]);
  });
});

describe('the rules', () => {
  const empty = { 'src/index.ts': '', 'src/units.ts': '', 'src/json/read.ts': '', 'src/report/index.ts': '' };

  it('let a file look to the left, at its own room, and an edge at the front door', () => {
    expect(
      faults({
        ...empty,
        'src/mapping/tile.ts': "import '../units.js'; import './fold.js'; import { z } from 'zod';",
        'src/mapping/fold.ts': 'export const size = (document: string) => document.length; // process',
        'src/mapping/tile.test.ts': "import { it } from 'vitest'; import fs from 'node:fs'; import './tile.js';",
        'src/node/cli/main.ts': "import '../../index.js'; import '../files.js'; import { Command } from 'commander';",
        'src/node/files.ts': "import fs from 'node:fs/promises'; process.exit(globalThis.code); import(name);",
      }),
    ).toEqual([]);
  });

  it.each([
    [
      'a look to the right',
      'src/json/a.ts',
      "import type { B } from '../report/index.js';",
      'report stands to the right of json',
    ],
    ['a look at an edge', 'src/index.ts', "export * from './node/a.js';", 'node stands to the right of index'],
    [
      'a test that looks to the right',
      'src/json/a.test.ts',
      "import '../report/index.js';",
      'report stands to the right',
    ],
    ['test data that looks to the right', 'src/json/a.test-data.ts', "import '../report/index.js';", 'report stands'],
    [
      'an edge past the front door',
      'src/node/b.ts',
      "import '../units.js';",
      'an edge knows only src/index.ts, src/onnx.ts and itself',
    ],
    [
      'an edge in an edge',
      'src/web/b.ts',
      "import '../node/a.js';",
      'an edge knows only src/index.ts, src/onnx.ts and itself',
    ],
    ['Node in the core', 'src/json/a.ts', "await import('node:fs');", 'json must run without Node'],
    ['Node in the page', 'src/web/a.ts', "import 'node:fs';", 'web must run without Node'],
    ['Node without its prefix', 'src/node/b.ts', "import 'fs/promises';", 'write node:fs/promises'],
    ['a package in the core', 'src/json/a.ts', "import 'commander';", 'json may not use the package commander'],
    ['a part of a package', 'src/json/a.ts', "import '@scope/name/part';", 'json may not use the package @scope/name'],
    ['an undeclared package', 'src/node/b.ts', "import 'chalk';", 'chalk is not among the dependencies'],
    ['a test package in the core', 'src/json/a.ts', "import 'vitest';", 'json may not use the package vitest'],
    [
      'data as a module',
      'src/json/a.ts',
      "import '../../arch/default.json';",
      'is not a source file with the ending .js',
    ],
    ['an import without its ending', 'src/json/a.ts', "import './read';", 'is not a source file with the ending .js'],
    ['a file that is not there', 'src/json/a.ts', "import './gone.js';", 'is not a source file with the ending .js'],
    ['a computed import', 'src/json/a.ts', 'import(name);', 'must be a plain text'],
    ['console', 'src/json/a.ts', '\nconsole.log(1);', 'src/json/a.ts:2: console ties the core to one host'],
    ['process', 'src/json/a.ts', 'const { env } = process;', 'process ties'],
    ['globalThis', 'src/json/a.ts', 'f(globalThis);', 'globalThis ties'],
    ['document in a template', 'src/json/a.ts', 'const a = `${document.title}`;', 'document ties'],
    ['a reference', 'src/json/a.ts', '/// <reference types="node" />', 'types come from imports'],
    ['a room that is not planned', 'src/extras/a.ts', '', 'extras is no room of this house'],
    ['an empty name', 'src/json/text-utils.ts', '', '"utils" says nothing about what is inside'],
    ['an empty folder name', 'src/json/helpers/a.ts', '', '"helpers" says nothing about what is inside'],
    [
      'a source that uses a fixture',
      'src/json/a.ts',
      "import '../../test/fixture.js';",
      'test/fixture.ts stands outside src',
    ],
    ['a file that imports itself', 'src/json/a.ts', "import './a.js';", 'import cycle: src/json/a.ts -> src/json/a.ts'],
  ])('refuse %s', (_, path, source, words) => {
    const found = faults({ ...empty, 'src/node/a.ts': '', 'test/fixture.ts': '', [path]: source });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it('hold a fixture to the room of each test that uses it', () => {
    const files = {
      ...empty,
      'test/more.ts': "import '../src/report/index.js';",
      'test/runs.ts': "import './more.js';",
    };
    const uses = "import '../../test/runs.js';";
    expect(faults({ ...files, 'src/report/a.test.ts': uses, 'src/node/a.test.ts': uses })).toEqual([]);
    expect(faults({ ...files, 'src/report/a.test.ts': uses, 'src/json/a.test.ts': uses })).toEqual([
      'test/more.ts:1: report stands to the right of json, where src/json/a.test.ts uses it',
    ]);
  });

  it('find a cycle of types over several files, once', () => {
    const cycle = {
      'src/json/a.ts': "import type { B } from './b.js';",
      'src/json/b.ts': "export type { C } from './c.js';",
      'src/json/c.ts': "type A = import('./a.js').A; import './b.js';",
    };
    expect(faults(cycle)).toEqual([
      'import cycle: src/json/a.ts -> src/json/b.ts -> src/json/c.ts -> src/json/a.ts',
      'import cycle: src/json/b.ts -> src/json/c.ts -> src/json/b.ts',
    ]);
  });
});
