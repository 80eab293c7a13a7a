import fc from 'fast-check';
import { derivedId, fnv1a32, PARTITIONS, partitionOf, partitionToken } from './id.js';

describe('FNV-1a, 32 bit', () => {
  // Test vectors of the function's authors (draft-eastlake-fnv).
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['b', 0xe70c2de5],
    ['foo', 0xa9f37ed7],
    ['foobar', 0xbf9cf968],
    ['chongo was here!\n', 0xd49930d5],
  ])('of %j is the published value', (text, hash) => {
    expect(fnv1a32(text)).toBe(hash);
  });

  it('reads UTF-8 bytes, as the broker does', () => {
    let hash = 0x811c9dc5;
    for (const byte of [0xc3, 0xa9]) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    expect(fnv1a32('é')).toBe(hash);
  });
});

describe('a partition', () => {
  it('is one of sixteen, with two digits in the subject', () => {
    fc.assert(
      fc.property(fc.string(), (lane) => {
        const partition = partitionOf(lane);
        expect(partition).toBeGreaterThanOrEqual(0);
        expect(partition).toBeLessThan(PARTITIONS);
        expect(partitionToken(partition)).toMatch(/^(0\d|1[0-5])$/);
      }),
    );
  });

  it('is the same for the same lane key, for ever: these are on streams', () => {
    expect(['17850', '13047', 'UK-1', '85123A', 'CD-UK'].map((lane) => partitionToken(partitionOf(lane)))).toEqual(
      ['17850', '13047', 'UK-1', '85123A', 'CD-UK'].map((lane) => String(fnv1a32(lane) % 16).padStart(2, '0')),
    );
    expect(PARTITIONS).toBe(16);
  });

  it('is used evenly by account numbers', () => {
    const counts = new Array<number>(PARTITIONS).fill(0);
    for (let account = 12_000; account < 20_000; account += 1) {
      const partition = partitionOf(String(account));
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(400);
    expect(Math.max(...counts)).toBeLessThan(600);
  });
});

describe('a derived id', () => {
  it('is 128 bits as hex, and the same again for the same parts', () => {
    expect(derivedId('acme', 'file', '536365')).toMatch(/^[0-9a-f]{32}$/);
    expect(derivedId('acme', 'file', '536365')).toBe(derivedId('acme', 'file', '536365'));
    expect(derivedId('invoice', 1)).toBe(derivedId('invoice', '1'));
  });

  it('tells where one part ends and the next begins', () => {
    expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
    expect(derivedId('ab')).not.toBe(derivedId('a', 'b'));
    expect(derivedId('a', '')).not.toBe(derivedId('a'));
  });

  it('differs when any part does', () => {
    const part = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.array(part, { minLength: 1 }), (one, two) => {
        expect(derivedId(...one) === derivedId(...two)).toBe(JSON.stringify(one) === JSON.stringify(two));
      }),
    );
  });
});
