import { createHash } from 'node:crypto';
import type { PointResult } from '../../../index.js';
import { isKey } from './key-table.js';

/**
 * A file of finished points: a line that says how many there are and what the bytes after it hash to, then one point a
 * line as JSON, its key first. Such a file is whole or it is not used.
 */
const FORM = 1;
const LINE_FEED = 0x0a;
const LINE_START = '{"key":"';
const KEY_END = LINE_START.length + 32;
/** The first line is about 120 bytes long. */
const MAX_HEADER_BYTES = 256;

interface Header {
  readonly accelsimPoints: typeof FORM;
  readonly points: number;
  readonly sha256: string;
}

/** Where a point stands in its file, bytes. */
export interface PointPlace {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

export function resultFile(results: readonly PointResult[]): Uint8Array {
  const body = results.map(resultLine).join('');
  const header: Header = { accelsimPoints: FORM, points: results.length, sha256: hashOf(Buffer.from(body)) };
  return Buffer.from(`${JSON.stringify(header)}\n${body}`);
}

function resultLine({ key, index, values, metrics, feasible, error }: PointResult): string {
  return `${JSON.stringify({ key, index, values, metrics, feasible, error })}\n`;
}

/** The points of a file, or in a few words why it cannot be trusted. */
export function placesIn(bytes: Buffer): readonly PointPlace[] | string {
  const headerEnd = bytes.subarray(0, MAX_HEADER_BYTES).indexOf(LINE_FEED);
  if (headerEnd < 0) return 'has no first line';
  const header = headerIn(bytes.toString('utf8', 0, headerEnd));
  if (header === undefined) return 'has no first line of this form';
  const body = bytes.subarray(headerEnd + 1);
  if (hashOf(body) !== header.sha256) return 'does not have the checksum that its first line states';
  const places: PointPlace[] = [];
  for (let offset = headerEnd + 1; offset < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, offset);
    const key = bytes.toString('latin1', offset + LINE_START.length, offset + KEY_END);
    if (end < 0 || !isKey(key)) return 'has a line that is no point';
    places.push({ key, offset, length: end - offset });
    offset = end + 1;
  }
  return places.length === header.points ? places : `states ${header.points} points and has ${places.length}`;
}

/** @throws SyntaxError for bytes that are no point: those of a file that was not checked */
export function resultAt(bytes: Buffer, { offset, length }: Omit<PointPlace, 'key'>): PointResult {
  return JSON.parse(bytes.toString('utf8', offset, offset + length)) as PointResult;
}

function headerIn(line: string): Header | undefined {
  try {
    const header = JSON.parse(line) as Header;
    return header.accelsimPoints === FORM ? header : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
