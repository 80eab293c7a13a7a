import { entityData } from './from-documents.js';
import { keyedIn } from './keyed-in.js';

describe('master data that is keyed in', () => {
  it('may be of one part only', () => {
    expect(keyedIn({ entities: [entityData()] })).toEqual({
      entities: [entityData()],
      nodes: [],
      customers: [],
      items: [],
    });
  });
  it.each([
    ['no object', [], 'send an object'],
    ['a part that nobody knows', { suppliers: [] }, 'there is no suppliers'],
    ['a part that is no list', { items: {} }, 'items must be a list'],
    [
      'an entry that breaks its contract',
      { entities: [{ ...entityData(), currency: 'pounds' }] },
      'entities[0]: currency',
    ],
    ['an entry that is none', { customers: [7] }, 'customers[0]: the body must be an object'],
  ])('is refused as %s, and told what is wrong', (_, body, text) => {
    expect(() => keyedIn(body)).toThrow(text);
  });
});
