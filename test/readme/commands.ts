/** A command that a document tells its reader to type. */
export interface Command {
  /** 1-based line of the document. */
  readonly line: number;
  readonly text: string;
  /** What the document shows as the command's output, without the last line feed. */
  readonly output?: string;
}

/** What typing a command comes to, here. */
export type Step =
  /** Program and arguments to run with node, lines of the output that are kept, and a file that it goes to. */
  | { readonly kind: 'run'; readonly words: readonly string[]; readonly headLines: number; readonly intoFile?: string }
  /** A script of package.json, which has to exist; tests do not run the tests. */
  | { readonly kind: 'script'; readonly script: string }
  /** Fetching the project, which whoever runs the tests has done. */
  | { readonly kind: 'setup' };

const FENCE = /^```(.*)$/;

/**
 * The commands in a Markdown document's fenced blocks whose info string is `label`. A backslash at the end of a line
 * continues it; `#` begins a comment line. A block marked `text` directly after shows the output of the last command.
 */
export function runnableCommands(markdown: string, label = 'sh'): Command[] {
  const commands: Command[] = [];
  const lines = markdown.split(/\r?\n/);
  let follows = false;
  for (let at = 0; at < lines.length; at += 1) {
    const info = FENCE.exec(lines[at]!)?.[1]?.trim();
    if (info === undefined) {
      if (lines[at] !== '') follows = false;
      continue;
    }
    const start = at + 1;
    do at += 1;
    while (at < lines.length && lines[at] !== '```');
    const body = lines.slice(start, at);
    if (info === label) commands.push(...commandsOf(body, start + 1));
    else if (info === 'text' && follows) commands.push({ ...commands.pop()!, output: body.join('\n') });
    follows = info === label && commands.length > 0;
  }
  return commands;
}

function commandsOf(body: readonly string[], firstLine: number): Command[] {
  const commands: Command[] = [];
  let text = '';
  let line = firstLine;
  for (const [at, part] of body.entries()) {
    if (text === '') line = firstLine + at;
    text += part.replace(/\\$/, '').trim();
    if (part.endsWith('\\')) text += ' ';
    else if (text !== '' && !text.startsWith('#')) commands.push({ line, text });
    if (!part.endsWith('\\')) text = '';
  }
  return commands;
}

/**
 * The steps of a command line, which may chain with `&&`, end in `| head -N` and send its output to a file with `>`.
 * @throws Error for a command that a test can neither run nor check
 */
export function stepsOf(text: string): Step[] {
  return text.split(' && ').map((part) => {
    const pieces = /^(.*?)(?: \| head (?:-n ?|-)(\d+))?(?: > (\S+))?$/.exec(part)!;
    const [program, verb, ...rest] = wordsOf(pieces[1]!);
    const headLines = Number(pieces[2] ?? Infinity);
    const intoFile = pieces[3] === undefined ? {} : { intoFile: pieces[3] };
    if (program === 'npx' && verb === 'accelsim') {
      return { kind: 'run', words: ['dist/node/cli/main.js', ...rest], headLines, ...intoFile };
    }
    if (program === 'node' && verb?.startsWith('examples/')) {
      return { kind: 'run', words: [verb, ...rest], headLines, ...intoFile };
    }
    if (program === 'npm' && verb === 'test') return { kind: 'script', script: 'test' };
    if (program === 'npm' && verb === 'run' && rest[0] !== undefined) return { kind: 'script', script: rest[0] };
    if (program === 'npm' && ['install', 'ci'].includes(verb ?? '')) return { kind: 'setup' };
    if (program === 'cd' || (program === 'git' && verb === 'clone')) return { kind: 'setup' };
    throw new Error(`neither run nor checked: ${part}`);
  });
}

/** Words of a command; quotes hold a word together. What else a shell would replace is refused. */
function wordsOf(command: string): string[] {
  if (/[|<>;&$`*?~(){}\\]/.test(command.replaceAll(/'[^']*'/g, ''))) throw new Error(`needs a shell: ${command}`);
  const words = command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g);
  return Array.from(words, ([word]) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
