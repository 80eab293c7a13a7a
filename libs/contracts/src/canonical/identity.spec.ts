import fc from 'fast-check';
import { violationsOf } from '../language/validate.js';
import { IsKey, KEY_MAX } from '../language/fields.js';
import { keyOf } from './identity.js';

class Keyed {
  @IsKey() key!: string;
}
const isKey = (key: string): boolean => violationsOf(Keyed, { key }, 'strict').length === 0;

describe('a key made of others’ numbers', () => {
  it('is the numbers themselves as long as they fit', () => {
    expect(keyOf('ACME', 'WR-1')).toBe('ACME/WR-1');
    expect(keyOf('A'.repeat(23), 'R'.repeat(40))).toBe(`${'A'.repeat(23)}/${'R'.repeat(40)}`);
  });

  it('ends in a hash of all of it where they do not', () => {
    const long = keyOf('A'.repeat(24), 'R'.repeat(40));
    expect(long).toMatch(/^A{24}\/R{6}~[0-9a-f]{32}$/);
    expect(long).toHaveLength(KEY_MAX);
    expect(keyOf('A'.repeat(24), 'R'.repeat(40))).toBe(long);
    expect(keyOf('A'.repeat(24), `${'R'.repeat(39)}S`)).not.toBe(long);
  });

  it('is a key whatever partner and number it is made of, and two of them are two', () => {
    const number = fc
      .string({ unit: fc.constantFrom(...'A1/-. é😀'), minLength: 1, maxLength: 120 })
      .map((one) => `N${one}`);
    const partner = fc.string({ unit: fc.constantFrom(...'Ab9._-'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(partner, number, number, (one, first, second) => {
        const [left, right] = [keyOf(one, first.trim()), keyOf(one, second.trim())];
        expect([left, isKey(left)]).toEqual([left, true]);
        expect(left === right).toBe(first.trim() === second.trim());
        expect(new TextDecoder().decode(new TextEncoder().encode(left))).toBe(left);
      }),
    );
  });
});
