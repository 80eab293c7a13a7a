/** Spoils a document: bytes, pieces between separators, values of JSON. Several at once, as real damage comes. */
import type { Random } from '../random.ts';

/** What breaks readers: separators of every standard, numbers beyond bounds, markup, encodings, dates that are none. */
const TOKENS = [
  ...[
    '*',
    '|',
    '~',
    "'",
    '+',
    ':',
    '?',
    '^',
    '\n',
    '\r\n',
    '\u001d',
    ';',
    ',',
    '.',
    '<',
    '>',
    '&',
    '"',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    'ISA',
    'GS*',
    'ST*850*0001~',
    "UNH+1+ORDERS:D:96A:UN'",
    'SE*99*0001~',
    'IEA',
    'UNA:+.? ',
    '<!DOCTYPE a [',
    '<![CDATA[',
    ']]>',
  ],
  ...[
    '&#0;',
    '&#x10FFFF;',
    '&nope;',
    '<!--',
    '<?xml?>',
    'xmlns=""',
    '__proto__',
    'constructor',
    'null',
    'true',
    '\\u0000',
  ],
  ...[
    '-1',
    '0',
    '1e308',
    '99999999999999999999',
    '-0.0000001',
    'NaN',
    '1,5',
    '20260230',
    '99999999',
    '0001-01-01',
    '9999-12-31T23:59:60Z',
  ],
  ...['\u0000', '\uFEFF', '\u202E', '\uD83D', '日本', 'é', ' '.repeat(40), '9'.repeat(400), 'A'.repeat(3_000)],
].map((token) => Buffer.from(token));

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e21,
  0.1 + 0.2,
  '',
  ' ',
  'x',
  '1e5',
  [],
  {},
  [[]],
  { id: {} },
  '2026-02-30',
  '9'.repeat(50),
];

const JSON_START = /^\s*[{[]/;

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const joined = (bytes: Buffer, from: number, to: number, ...between: readonly Buffer[]): Buffer =>
  Buffer.concat([bytes.subarray(0, from), ...between, bytes.subarray(to)]);
/** A place and a length: mostly short, sometimes up to all that is left. */
const rangeIn = (bytes: Buffer, random: Random): readonly [from: number, to: number] => {
  const from = random.below(bytes.length + 1);
  const left = bytes.length - from;
  return [from, from + (random.next() < 0.8 ? Math.min(left, random.below(24)) : random.below(left + 1))];
};

const flip: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) {
    const at = random.below(copy.length);
    copy[at] = (copy[at] as number) ^ (1 << random.below(8));
  }
  return copy;
};
const anyByte: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[random.below(copy.length)] = random.below(256);
  return copy;
};
const drop: Mutation = (bytes, random) => joined(bytes, ...rangeIn(bytes, random));
const repeat: Mutation = (bytes, random) => {
  const [from, to] = rangeIn(bytes, random);
  return joined(bytes, to, to, bytes.subarray(from, to));
};
const insert: Mutation = (bytes, random) => {
  const at = random.below(bytes.length + 1);
  return joined(bytes, at, at, random.pick(TOKENS));
};
const replace: Mutation = (bytes, random) => joined(bytes, ...rangeIn(bytes, random), random.pick(TOKENS));
const cut: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1));
const splice: Mutation = (bytes, random, other) =>
  Buffer.concat([bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1))]);
const append: Mutation = (bytes, _, other) => Buffer.concat([bytes, other]);

/** Segments, elements, lines: dropped, doubled or moved whole, so that what is left is still well-formed enough. */
const pieces: Mutation = (bytes, random) => {
  const text = bytes.toString('latin1');
  const separator = random.pick(['~', "'", '>', ',', '\n', '*', '+']);
  const parts = text.split(separator);
  if (parts.length < 3) return bytes;
  const at = random.below(parts.length);
  const [taken] = parts.splice(at, 1);
  const what = random.below(3);
  if (what > 0) parts.splice(random.below(parts.length + 1), 0, taken as string);
  if (what > 1) parts.splice(at, 0, taken as string);
  return Buffer.from(parts.join(separator), 'latin1');
};

/** Another value in place of one of JSON; not recursive, since a document may be deep. */
const jsonValue: Mutation = (bytes, random) => {
  const text = bytes.toString('utf8');
  if (!JSON_START.test(text)) return bytes;
  try {
    const root = JSON.parse(text) as unknown;
    const holders: (readonly [holder: Record<string, unknown>, key: string])[] = [];
    const open: unknown[] = [root];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (typeof at !== 'object' || at === null) continue;
      for (const [key, value] of Object.entries(at)) {
        holders.push([at as Record<string, unknown>, key]);
        open.push(value);
      }
    }
    if (holders.length === 0) return bytes;
    const [holder, key] = random.pick(holders);
    holder[key] = random.pick(VALUES);
    return Buffer.from(JSON.stringify(root));
  } catch {
    return bytes;
  }
};

/** What stands between the separators of X12 and EDIFACT, between tags and in attributes, or behind a name of JSON. */
const JSON_FIELDS = /(?<=:\s*")[^"\\\n]*(?=")|(?<=:\s*)-?\d[\d.]*/g;
const EDI_FIELDS = /[^*+:'~>\r\n|^]+/g;
const XML_FIELDS = /(?<=>)[^<>]+(?=<)|(?<==")[^"<]*(?=")/g;
/** Another value in place of one field, of this document or none that anybody means: its structure stays whole. */
const field: Mutation = (bytes, random) => {
  const text = bytes.toString('latin1');
  const form = JSON_START.test(text) ? JSON_FIELDS : text.trimStart().startsWith('<') ? XML_FIELDS : EDI_FIELDS;
  const fields = [...text.matchAll(form)];
  if (fields.length === 0) return bytes;
  const { index, 0: old } = random.pick(fields);
  const value = random.below(3) > 0 ? random.pick(fields)[0] : random.pick(TOKENS).toString('latin1');
  return Buffer.from(`${text.slice(0, index)}${value}${text.slice(index + old.length)}`, 'latin1');
};

const MUTATIONS: readonly Mutation[] = [
  flip,
  anyByte,
  drop,
  repeat,
  insert,
  replace,
  cut,
  splice,
  append,
  pieces,
  pieces,
  jsonValue,
  jsonValue,
  ...Array.from({ length: 8 }, () => field),
];
/** A document grows by a few times at most: what is large is a test of its own. */
const BYTES_MAX = 200_000;

/** One to four mutations of a seed, few as a rule: what is spoilt less goes farther. `other` is another seed to splice with. */
export const mutate = (seed: Buffer, other: Buffer, random: Random): Buffer => {
  let bytes = seed;
  for (let left = 1 + Math.floor(4 * random.next() ** 2); left > 0; left--)
    bytes = random.pick(MUTATIONS)(bytes, random, other);
  return bytes.subarray(0, BYTES_MAX);
};
