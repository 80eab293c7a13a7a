/** The compiled validator is made from the same decorators: on whatever is sent, both must say the same. */
import fc from 'fast-check';
import { violationsOf } from '../src/index.js';
import { samples } from './samples.js';
import { asWritten, type Mode } from './verdict.js';

const good = samples().filter(({ verdict }) => verdict === 'good');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

/** Every field, of a list's elements those of the first. */
const pathsOf = (value: Json, at: Path = []): Path[] => {
  if (value === null || typeof value !== 'object') return [at];
  const own = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  const parts = own.flatMap(([name, part]) =>
    pathsOf(part as Json, [...at, Array.isArray(value) ? Number(name) : name]),
  );
  return at.length === 0 ? parts : [at, ...parts];
};

const GONE = Symbol('gone');
const changedAt = (value: Json, path: Path, to: Json | typeof GONE): Json => {
  const copy = structuredClone(value);
  let holder = copy as Record<string | number, Json>;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, Json>;
  const last = path.at(-1) as string | number;
  if (to === GONE) Reflect.deleteProperty(holder, last);
  else holder[last] = to;
  return copy;
};

const agree = (sample: (typeof good)[number], data: Json, mode: Mode): string | undefined => {
  const compiled = violationsOf(sample.message.dataClass, data, mode).length === 0;
  return compiled === asWritten(sample.message.dataClass, data, mode)
    ? undefined
    : `${sample.file} ${mode}: compiled says ${compiled ? 'good' : 'bad'}`;
};

/** What partners send by mistake. */
const ODD: readonly (Json | typeof GONE)[] = [
  GONE,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  ' ',
  '0',
  '-5',
  '1e3',
  'NaN',
  'x'.repeat(65),
  'x'.repeat(5_001),
  'tab\there',
  '\u{1F9F8}'.repeat(64),
  '2026-02-30',
  '2026-11-21T09:00:00.000Z',
  [],
  {},
  [null],
  [[]],
  [{}],
  ['x'],
  [1],
];

describe('both validators say the same', () => {
  it.each(good)('whichever single field of $file is odd', (sample) => {
    const data = sample.data as Json;
    const differing: string[] = [];
    for (const path of pathsOf(data)) {
      if (path.length > 0 && typeof path.at(-1) === 'number') continue;
      for (const odd of ODD) {
        const changed = changedAt(data, path, odd);
        const wrong = agree(sample, changed, 'strict');
        if (wrong) differing.push(`${wrong} with ${path.join('.')} = ${odd === GONE ? 'gone' : JSON.stringify(odd)}`);
      }
    }
    expect(differing).toEqual([]);
  });

  it.each(good)('when $file has a field that nobody knows: writers are refused, readers pass over it', (sample) => {
    const data = { ...(sample.data as Record<string, Json>), inventedByPartner: 1 };
    expect(violationsOf(sample.message.dataClass, data, 'strict')).toEqual([
      expect.objectContaining({ field: 'inventedByPartner', rule: 'additionalProperties' }),
    ]);
    expect(agree(sample, data, 'strict')).toBeUndefined();
    expect(agree(sample, data, 'tolerant')).toBeUndefined();
    expect(violationsOf(sample.message.dataClass, data, 'tolerant')).toEqual([]);
  });

  it('whatever two fields become', () => {
    const json = fc.oneof(
      fc.constantFrom(...ODD.filter((odd): odd is Json => odd !== GONE)),
      fc.string({ maxLength: 80, unit: 'grapheme-ascii' }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(), json, fc.nat(), json, (sample, at, one, then, two) => {
        const first = sample.data as Json;
        const paths = pathsOf(first);
        const second = changedAt(first, paths[at % paths.length] as Path, one);
        const rest = pathsOf(second);
        const third = rest.length === 0 ? second : changedAt(second, rest[then % rest.length] as Path, two);
        expect(agree(sample, third, 'strict')).toBeUndefined();
        expect(agree(sample, third, 'tolerant')).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});
