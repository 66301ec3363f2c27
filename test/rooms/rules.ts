import { posix } from 'node:path';
import { isBuiltin } from 'node:module';

/** The walk of the data. A file may import from its own room and from those to its left. */
export const ROOMS = [
  'units',
  'errors',
  'json',
  'workload',
  'precision',
  'quantization',
  'arch',
  'mapping',
  'performance',
  'cycle',
  'simulate',
  'explore',
  'report',
  'index',
  'onnx',
] as const;

/** The rooms that may touch the world. They know the others only as a user of the package would: by the front door. */
export const EDGES = ['node', 'web'] as const;

/** What users import, and edges: all that is always there, and what is loaded only where it is needed. */
export const FRONT_DOORS: readonly string[] = ['src/index.ts', 'src/onnx.ts'];

const CORE_PACKAGES = new Set(['zod', 'fastest-levenshtein', '@bufbuild/protobuf']);
const TEST_PACKAGES = new Set(['vitest', 'fast-check']);
const EMPTY_NAMES = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'managers', 'info']);

/** `src/json/read.ts` and `src/units.test.ts` stand in `json` and `units`; a file outside src stands in no room. */
export function roomOf(path: string): string | undefined {
  return path.startsWith('src/') ? /^[^/.]+/.exec(path.slice('src/'.length))?.[0] : undefined;
}

export function isEdge(room: string): boolean {
  return (EDGES as readonly string[]).includes(room);
}

export function isTest(path: string): boolean {
  return /\.test(-data)?\.ts$/.test(path);
}

/** What is wrong with where a file stands and how it is called. */
export function nameFault(path: string): string | undefined {
  const room = roomOf(path)!;
  if (!isEdge(room) && !(ROOMS as readonly string[]).includes(room)) return `${room} is no room of this house`;
  const empty = path.split(/[/.-]/).find((word) => EMPTY_NAMES.has(word.toLowerCase()));
  return empty === undefined ? undefined : `"${empty}" says nothing about what is inside`;
}

/** What is wrong with a look from `importer`, a file of `room`, at a file of the project. */
export function lookFault(room: string, target: string): string | undefined {
  const targetRoom = roomOf(target);
  if (targetRoom === undefined) return `${target} stands outside src`;
  if (room === targetRoom) return undefined;
  if (isEdge(room))
    return FRONT_DOORS.includes(target) ? undefined : `an edge knows only ${FRONT_DOORS.join(', ')} and itself`;
  return leftFault(room, targetRoom);
}

/**
 * What is wrong with a look from a fixture in test/ that a test of `room` uses. Tests of rooms and edges may share a
 * fixture, so it is asked only not to lean on what stands to the right of the test.
 */
export function fixtureLookFault(room: string, target: string): string | undefined {
  const targetRoom = roomOf(target);
  return targetRoom === undefined || targetRoom === room ? undefined : leftFault(room, targetRoom);
}

function leftFault(room: string, targetRoom: string): string | undefined {
  if (isEdge(room) && !isEdge(targetRoom)) return undefined;
  const rooms: readonly string[] = ROOMS;
  const isLeft = rooms.includes(targetRoom) && rooms.indexOf(targetRoom) < rooms.indexOf(room);
  return isLeft ? undefined : `${targetRoom} stands to the right of ${room}`;
}

/** What is wrong with asking for a package or a module of Node. `dependencies` are those that users install. */
export function packageFault(
  room: string,
  inTest: boolean,
  specifier: string,
  dependencies: readonly string[],
): string | undefined {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (inTest && TEST_PACKAGES.has(name)) return undefined;
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) return `write node:${specifier}`;
    return room === 'node' || inTest ? undefined : `${room} must run without Node`;
  }
  if (!isEdge(room)) return CORE_PACKAGES.has(name) ? undefined : `${room} may not use the package ${name}`;
  return dependencies.includes(name) ? undefined : `${name} is not among the dependencies of package.json`;
}

/** The file that a relative specifier names. */
export function targetOf(importer: string, specifier: string): string {
  return posix.join(posix.dirname(importer), specifier).replace(/\.js$/, '.ts');
}
