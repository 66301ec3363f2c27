import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runnableCommands, stepsOf, type Step } from './readme/commands.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The documents, and the label of the blocks that a reader is to type in. */
const documents = [
  { path: 'README.md', label: 'sh' },
  ...['CONTRIBUTING.md', ...markdownIn('docs'), ...markdownIn('examples')].map((path) => ({
    path,
    label: 'sh runnable',
  })),
];

function markdownIn(folder: string): string[] {
  const found = existsSync(root + folder) ? readdirSync(root + folder, { recursive: true, encoding: 'utf8' }) : [];
  return found.filter((path) => path.endsWith('.md')).map((path) => join(folder, path));
}

function read(path: string): string {
  return readFileSync(root + path, 'utf8');
}

/** A folder that looks like the project to a command, so that what commands write stays out of the project. */
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'accelsim-readme-'));
  for (const path of ['package.json', 'arch', 'workloads', 'examples', 'reports']) {
    if (existsSync(root + path)) cpSync(root + path, join(folder, path), { recursive: true });
  }
  for (const path of ['dist', 'node_modules']) symlinkSync(root + path, join(folder, path), 'junction');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Output of a step that has to succeed. */
function outputOf(step: Step, cwd: string): string {
  if (step.kind === 'script') {
    expect(Object.keys(JSON.parse(read('package.json')).scripts)).toContain(step.script);
  }
  if (step.kind !== 'run') return '';
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, step.words, { cwd, env, encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const kept = stdout
    .split(/(?<=\n)/)
    .slice(0, step.headLines)
    .join('');
  if (step.intoFile === undefined) return kept;
  writeFileSync(join(cwd, step.intoFile), kept);
  return '';
}

function fenced(info: string, ...lines: string[]): string {
  return ['```' + info, ...lines, '```', ''].join('\n');
}

describe('README.md', () => {
  it('has at most 200 lines', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it('shows commands', () => {
    expect(runnableCommands(read('README.md')).length).toBeGreaterThan(0);
  });
});

describe.each(documents)('$path', ({ path, label }) => {
  const markdown = existsSync(root + path) ? read(path) : '';

  it('names files that are there', () => {
    const links = Array.from(read(path).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g), ([, target]) => target!);
    expect(links.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
  });

  it('shows the command as a clone takes it', () => {
    const blocks = Array.from(markdown.matchAll(/^```.*\n([\s\S]*?)^```/gm), ([, body]) => body!);
    expect(blocks.flatMap((body) => body.split('\n').filter((line) => line.startsWith('accelsim ')))).toEqual([]);
  });

  for (const { line, text, output } of runnableCommands(markdown, label)) {
    it(`does what it says in line ${line}: ${text}`, () => {
      const printed = stepsOf(text)
        .map((step) => outputOf(step, folder))
        .join('');
      if (output !== undefined) expect(printed.trimEnd()).toBe(output.trimEnd());
    });
  }
});

describe('reading a document', () => {
  it('finds the commands of sh blocks, with their lines and what they print', () => {
    const markdown = [
      fenced('sh', '# get it', 'npm install', '', 'npx accelsim --bits 4 \\', '  --batch 8'),
      fenced('text', 'one', '', ' two'),
      fenced('text', 'not an output: a block stands between'),
      fenced('json', '{}'),
      fenced('text', 'not an output: follows no command'),
      fenced('sh', 'npm test'),
      'Words between.',
      fenced('text', 'not an output: words stand between'),
      fenced('sh runnable', 'npm run bench'),
    ].join('\n');
    expect(runnableCommands(markdown)).toEqual([
      { line: 3, text: 'npm install' },
      { line: 5, text: 'npx accelsim --bits 4 --batch 8', output: 'one\n\n two' },
      { line: 28, text: 'npm test' },
    ]);
    expect(runnableCommands(markdown, 'sh runnable').map(({ text }) => text)).toEqual(['npm run bench']);
  });

  it('knows what each command comes to', () => {
    const main = 'dist/node/cli/main.js';
    expect(
      stepsOf('git clone https://example.org/a.git && cd a && npm install && npm test && npm run bench -- -n 3'),
    ).toEqual([
      { kind: 'setup' },
      { kind: 'setup' },
      { kind: 'setup' },
      { kind: 'script', script: 'test' },
      { kind: 'script', script: 'bench' },
    ]);
    expect(stepsOf(`npx accelsim --bits '4 8' --out="a b" | head -n 20 > run.json`)).toEqual([
      { kind: 'run', words: [main, '--bits', '4 8', '--out=a b'], headLines: 20, intoFile: 'run.json' },
    ]);
    expect(stepsOf('node examples/a.mjs')).toEqual([{ kind: 'run', words: ['examples/a.mjs'], headLines: Infinity }]);
  });

  it.each(['rm -rf /', 'npx accelsim | sort', 'npx accelsim --bits $BITS', 'npx other', 'node -e 1', 'npm publish'])(
    'refuses what it can neither run nor check: %s',
    (text) => expect(() => stepsOf(text)).toThrow(text.split(' ')[0]!),
  );

  it('takes the exit code and the output of a command seriously', () => {
    const echo = join(folder, 'examples-echo.mjs');
    writeFileSync(echo, `console.log(process.argv[2] + '\\nsecond'); process.exitCode = Number(process.argv[3] ?? 0);`);
    const run = (words: string[], headLines = Infinity) =>
      outputOf({ kind: 'run', words: [echo, ...words], headLines }, folder);
    expect(run(['a'])).toBe('a\nsecond\n');
    expect(run(['a'], 1)).toBe('a\n');
    expect(() => run(['a', '1'])).toThrow(/status/);
    expect(() => outputOf({ kind: 'script', script: 'no-such-script' }, folder)).toThrow(/no-such-script/);
    expect(outputOf({ kind: 'run', words: [echo, 'b'], headLines: 1, intoFile: 'b.txt' }, folder)).toBe('');
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('b\n');
  });
});
