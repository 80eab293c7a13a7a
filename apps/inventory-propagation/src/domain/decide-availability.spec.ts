import type { Input } from '@crossdock/kernel';
import { scenario } from '@crossdock/testing';
import { AvailabilityChanged, ItemInStock, ItemOutOfStock } from '@crossdock/contracts';
import { availability } from './decide-availability.js';
import { aChannelRule, anItem, aPosition } from './stock.builders.js';

const given = (...inputs: readonly Input<unknown>[]) => scenario(availability).given(...inputs);

describe('an item without rules', () => {
  it('is sold by the web channel from every node, with nothing kept back', () => {
    given(aPosition('TEA', 4, { node: 'DC1' }))
      .when(aPosition('TEA', 3, { node: 'DC2' }))
      .thenSays(AvailabilityChanged, { channel: 'web', item: 'TEA', available: 7, inStock: true });
  });
  it('offers what is neither claimed nor lost', () => {
    given()
      .when(aPosition('TEA', 10, { soft: 2, allocated: 3, unfound: 1 }))
      .thenSays(AvailabilityChanged, { available: 4 });
  });
});

describe('channels with rules of their own', () => {
  const rules = [
    aChannelRule('shop', { safetyStock: 2 }),
    aChannelRule('rep', { nodes: ['DC2'], sharePercent: '50', hold: 1, maximumShown: 20 }),
  ];
  it('see different numbers of one item', () => {
    given(anItem('TEA', rules), aPosition('TEA', 10, { node: 'DC1' }))
      .when(aPosition('TEA', 7, { node: 'DC2' }))
      .thenSays(AvailabilityChanged, { channel: 'shop', available: 8 + 5 }, { channel: 'rep', available: 2 });
  });
  it('see new numbers when a rule changes, and none when they lose it', () => {
    given(anItem('TEA', rules), aPosition('TEA', 10, { node: 'DC1' }))
      .when(anItem('TEA', [aChannelRule('rep')], { version: 2 }))
      .thenSays(
        AvailabilityChanged,
        { channel: 'rep', available: 10 },
        { channel: 'shop', available: 0, inStock: false },
      )
      .thenSays(ItemOutOfStock, { channel: 'shop' });
  });
  it('sell nothing of a blocked item', () => {
    given(anItem('TEA', rules), aPosition('TEA', 10))
      .when(anItem('TEA', rules, { version: 2, status: 'blocked' }))
      .thenSays(AvailabilityChanged, { channel: 'shop', available: 0 });
  });
  it('pass over rules and positions that are older than what is known', () => {
    given(anItem('TEA', rules, { version: 2 }), aPosition('TEA', 10, { version: 5 }))
      .when(anItem('TEA', [], { version: 1 }))
      .thenIgnores('old-version')
      .when(aPosition('TEA', 99, { version: 4 }))
      .thenIgnores('old-version');
  });
});

describe('crossing in and out of stock', () => {
  it('is said once per crossing, not per movement', () => {
    given()
      .when(aPosition('TEA', 5, { version: 1 }))
      .thenSays(ItemInStock, { item: 'TEA', channel: 'web' })
      .when(aPosition('TEA', 3, { version: 2 }))
      .thenNever(ItemInStock)
      .thenNever(ItemOutOfStock)
      .when(aPosition('TEA', 0, { version: 3 }))
      .thenSays(ItemOutOfStock, { item: 'TEA' })
      .when(aPosition('TEA', 2, { version: 4 }))
      .thenSays(ItemInStock, { item: 'TEA' });
  });
  it('says nothing when the number stays as it is', () => {
    given(aPosition('TEA', 5, { version: 1 }))
      .when(aPosition('TEA', 5, { version: 2 }))
      .thenNever(AvailabilityChanged);
  });
});
