import { importsOf } from './imports.js';
import { isEdge, isTest, fixtureLookFault, lookFault, nameFault, packageFault, roomOf, targetOf } from './rules.js';
import { tokensOf, type Token } from './tokens.js';

/** Text of each file by its path from the root of the project: `src/units.ts`. */
export type Sources = ReadonlyMap<string, string>;

const WORLD = ['console', 'process', 'document', 'globalThis'];

/** Everything in src that breaks the rules of the house, each as `file:line: what`. */
export function violationsOf(sources: Sources, dependencies: readonly string[]): string[] {
  const violations: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, source] of sources) {
    const room = roomOf(path);
    if (room === undefined) continue;
    const fault = nameFault(path);
    if (fault !== undefined) violations.push(`${path}: ${fault}`);
    violations.push(...importFaults(path, room, sources, dependencies, graph));
    if (!isEdge(room) && !isTest(path)) violations.push(...worldFaults(path, source));
  }
  return [...violations, ...cyclesOf(graph)];
}

/** Faults of a file's imports; notes in `graph` what it imports. */
function importFaults(
  path: string,
  room: string,
  sources: Sources,
  dependencies: readonly string[],
  graph: Map<string, string[]>,
): string[] {
  const faults: string[] = [];
  const targets: string[] = [];
  graph.set(path, targets);
  const inTest = isTest(path);
  for (const { specifier, line } of importsOf(tokensOf(sources.get(path)!))) {
    const add = (what: string | undefined) => what !== undefined && faults.push(`${path}:${line}: ${what}`);
    if (specifier === null) {
      if (!isEdge(room)) add('what is imported must be a plain text');
      continue;
    }
    if (!specifier.startsWith('.')) {
      add(packageFault(room, inTest, specifier, dependencies));
      continue;
    }
    const target = targetOf(path, specifier);
    if (!specifier.endsWith('.js') || !sources.has(target)) {
      add(`${specifier} is not a source file with the ending .js`);
      continue;
    }
    targets.push(target);
    if (inTest && target.startsWith('test/')) faults.push(...fixtureFaults(target, path, room, sources, new Set()));
    else add(lookFault(room, target));
  }
  return faults;
}

/**
 * A test may use a fixture that stands in test/. What the fixture imports is then held to the test's own room, so that
 * no test leans on a room to its right by a detour.
 */
function fixtureFaults(path: string, user: string, room: string, sources: Sources, seen: Set<string>): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  return importsOf(tokensOf(sources.get(path) ?? '')).flatMap(({ specifier, line }) => {
    if (specifier === null || !specifier.startsWith('.')) return [];
    const target = targetOf(path, specifier);
    if (target.startsWith('test/')) return fixtureFaults(target, user, room, sources, seen);
    const fault = fixtureLookFault(room, target);
    return fault === undefined ? [] : [`${path}:${line}: ${fault}, where ${user} uses it`];
  });
}

/** Uses of what only some hosts have. A name that the file declares itself is its own affair. */
function worldFaults(path: string, source: string): string[] {
  const faults: string[] = [];
  if (/^\s*\/\/\/\s*<reference/m.test(source)) faults.push(`${path}: types come from imports, not from a reference`);
  const tokens = tokensOf(source);
  for (const name of WORLD) {
    const uses = [...tokens.keys()].filter((at) => tokens[at]!.kind === 'word' && tokens[at]!.text === name);
    if (uses.some((at) => declares(tokens, at))) continue;
    for (const at of uses) {
      if (tokens[at - 1]?.text === '.' || tokens[at + 1]?.text === ':') continue;
      faults.push(`${path}:${tokens[at]!.line}: ${name} ties the core to one host`);
    }
  }
  return faults;
}

/** Whether the name at a token is being declared: by a keyword, or as a parameter with its type. */
function declares(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  return ['const', 'let', 'function'].includes(before) || ('(,'.includes(before) && tokens[at + 1]?.text === ':');
}

/** One line for each import cycle, types included: files that need each other are one concept, or two badly cut. */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push(`import cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return cycles;
}
