import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTree } from './parse.js';
import type { JsonNode } from './parse.js';
import { JsonSyntaxError } from './syntax.js';

function syntaxErrorOf(text: string): JsonSyntaxError {
  try {
    parseTree(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
  throw new Error(`read without complaint: ${text}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function everyNode(node: JsonNode): JsonNode[] {
  const inner = [...(node.elements ?? []), ...[...(node.members?.values() ?? [])].map((member) => member.node)];
  return [node, ...inner.flatMap(everyNode)];
}

describe('parseTree', () => {
  it('reads what JSON.parse reads, and knows where each value stands', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { root } = parseTree(text);
        expect(root.value).toEqual(JSON.parse(text));
        for (const node of everyNode(root)) expect(JSON.parse(text.slice(node.start, node.end))).toEqual(node.value);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what JSON.parse refuses, and nothing else', () => {
    // Texts one or two slips away from JSON.
    const slip = fc.record({
      at: fc.nat(200),
      remove: fc.nat(2),
      insert: fc.constantFrom(
        '',
        ',',
        '"',
        '}',
        ']',
        '{',
        '[',
        ':',
        '-',
        '+',
        '.',
        '0',
        '1',
        'e',
        '\\',
        '\n',
        '\t',
        'n',
        '\u00A0',
        '/',
      ),
    });
    const slips = fc.array(slip, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), slips, (value, edits) => {
        let text = JSON.stringify(value);
        for (const { at, remove, insert } of edits) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + insert + text.slice(place + remove);
        }
        if (isJson(text)) expect(parseTree(text).root.value).toEqual(JSON.parse(text));
        else expect(syntaxErrorOf(text).offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    // text, offset of the complaint, words in it
    ['', 0, 'is empty'],
    [' \n ', 0, 'is empty'],
    ['{"a":NaN}', 5, 'NaN is not a number of JSON'],
    ['[Infinity]', 1, 'Infinity is not a number of JSON'],
    ['[-Infinity]', 1, '-Infinity is not a number of JSON'],
    ['{"a":1,}', 6, 'nothing follows this comma'],
    ['[1,2 , ]', 5, 'nothing follows this comma'],
    ['{"a":1 // one\n}', 7, 'comments are not part of JSON'],
    ['{/* none */}', 1, 'comments are not part of JSON'],
    ['# name\n{}', 0, 'comments are not part of JSON'],
    ['{"a":[1,2', 5, 'the [ opened here is never closed'],
    ['{"a":', 0, 'the { opened here is never closed'],
    ['{"a":"b', 5, 'not closed on its line'],
    ['{"a":"b\n"}', 5, 'not closed on its line'],
    ['["a\tb"]', 3, 'written \\t'],
    ['["C:\\dir"]', 4, '\\d is not an escape of JSON'],
    ['["\\u12"]', 2, 'is not an escape of JSON'],
    ["{'a':1}", 1, 'double quotes'],
    ['{a:1}', 1, 'names stand in double quotes'],
    ['{"a" 1}', 5, 'a colon was expected'],
    ['{"a":1 "b":2}', 7, 'a comma is missing'],
    ['[1 2]', 3, 'a comma is missing'],
    ['[1;2]', 2, 'a comma or a closing bracket was expected, not ;'],
    ['[1,,2]', 3, 'a value was expected, not ,'],
    ['[True]', 1, 'write true'],
    ['[None]', 1, 'write null'],
    ['[relu]', 1, 'text stands in double quotes'],
    ['[constructor]', 1, 'text stands in double quotes'],
    ['[01]', 1, '01 is not how JSON writes a number'],
    ['[1_000]', 1, '1_000 is not how JSON writes a number'],
    ['[0x10]', 1, '0x10 is not how JSON writes a number'],
    ['[+1]', 1, '+1 is not how JSON writes a number'],
    ['[.5]', 1, '.5 is not how JSON writes a number'],
    ['\u00A0[1]', 0, 'not U+00A0'],
    ['{} {}', 3, 'nothing may follow'],
    ['{}}', 2, 'nothing may follow'],
  ])('says what is wrong with %j', (text, offset, words) => {
    const error = syntaxErrorOf(text);
    expect(error.rule).toContain(words);
    expect(error.offset).toBe(offset);
  });

  it('refuses brackets that would exhaust the stack', () => {
    expect(syntaxErrorOf('['.repeat(100_000)).rule).toBe('brackets are nested more than 100 deep');
    expect(syntaxErrorOf('{"a":'.repeat(100_000)).rule).toBe('brackets are nested more than 100 deep');
    expect(parseTree('['.repeat(100) + ']'.repeat(100)).problems).toEqual([]);
  });

  it('goes on after a name given twice and reports both places', () => {
    // Offsets: the names "a" at 1 and 14, "b" at 6 and 7+...: {"a":{"b":1,"b":2},"a":3}
    const { problems } = parseTree('{"a":{"b":1,"b":2},"a":3}');
    expect(problems).toEqual([
      { path: ['a', 'b'], offset: 12, firstOffset: 6, rule: 'given twice' },
      { path: ['a'], offset: 19, firstOffset: 1, rule: 'given twice' },
    ]);
  });

  it('sees that an escaped name is the same name', () => {
    expect(parseTree('{"a":1,"\\u0061":2}').problems).toHaveLength(1);
  });

  it('reports numbers that overflow or vanish, and lets zeros be', () => {
    const { problems } = parseTree('[1e999, -1e999, 1e-999, 0, 0.00, -0, 0e5, 1.7e308, 5e-324]');
    expect(problems.map((problem) => [problem.path[0], problem.found])).toEqual([
      [0, '1e999'],
      [1, '-1e999'],
      [2, '1e-999'],
    ]);
  });

  it('makes an ordinary field of __proto__', () => {
    const { value } = parseTree('{"__proto__":{"polluted":true}}').root;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(Object(value), '__proto__')).toBe(true);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
