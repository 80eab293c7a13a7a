import type { Position, Stood } from './ports.js';
import { isThere } from './verify.js';

const position: Position = { created: 'c1', seq: 7, msgId: 'm7', storedMs: 7_000 };
const unasked: Position = { created: 'c1', seq: 7, msgId: 'm7' };
const nameless: Position = { ...position, msgId: null };
const unknown: Position = { ...unasked, msgId: null };

describe('a message at its place', () => {
  it.each<[string, Position, Stood, boolean]>([
    ['the same copy', position, { msgId: 'm7', storedMs: 7_000 }, true],
    ['another message', position, { msgId: 'm8', storedMs: 7_000 }, false],
    ['the same, told again later', position, { msgId: 'm7', storedMs: 9_000 }, false],
    ['the same, of which nobody has asked when it came', unasked, { msgId: 'm7', storedMs: 9_000 }, true],
    ['one without an id, of the same time', nameless, { msgId: null, storedMs: 7_000 }, true],
    ['one without an id, of another time', nameless, { msgId: null, storedMs: 9_000 }, false],
    ['one with an id where one without stood', nameless, { msgId: 'm7', storedMs: 7_000 }, false],
    ['one of which nothing is known', unknown, { msgId: null, storedMs: 7_000 }, false],
  ])('%s', (_what, place, found, stands) => {
    expect(isThere(place, found)).toBe(stands);
  });
});
