import { AvailabilityChanged, CustomerChanged, EntityChanged, ItemChanged, NodeChanged } from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { availability, catalogue, customers, directory } from './decide-reference.js';
import { ACCOUNT, aCustomer, anEntity, anItem, aNode, NOW } from './order.builders.js';
import {
  availableTo,
  channelStockRef,
  customerRef,
  directoryRef,
  itemRef,
  type ChannelStockState,
} from './reference.js';

describe('master data', () => {
  it('is kept in its newest version, whatever comes late', () => {
    const floor = scenario(customers).given(input(CustomerChanged, aCustomer({ version: 3, status: 'hold' })));
    floor.when(input(CustomerChanged, aCustomer({ version: 2 }))).thenIgnores('old-version');
    floor
      .when(input(CustomerChanged, aCustomer({ version: 4 })))
      .thenState(customerRef(ACCOUNT), { known: true, status: 'active', version: 4 });
    const items = scenario(catalogue).given(input(ItemChanged, anItem('TEA', { version: 2 })));
    items
      .when(input(ItemChanged, anItem('TEA', { version: 1 })))
      .thenIgnores('old-version')
      .thenState(itemRef('TEA'), { version: 2 });
  });
  it('of nodes and entities stands in one directory', () => {
    const floor = scenario(directory).given(
      input(NodeChanged, aNode('DC1')),
      input(NodeChanged, aNode('DC2')),
      input(EntityChanged, anEntity()),
    );
    floor.when(input(NodeChanged, aNode('DC1', { version: 2, status: 'closed' })));
    floor.thenState(directoryRef, {
      nodes: [{ node: 'DC2' }, { node: 'DC1', status: 'closed' }],
      entities: [{ entity: 'CD-UK' }],
    });
    floor.when(input(NodeChanged, aNode('DC1'))).thenIgnores('old-version');
    floor.when(input(EntityChanged, anEntity())).thenIgnores('old-version');
  });
});

describe('availability', () => {
  const told = (channel: string, available: number, entityVersion: number) =>
    input(
      AvailabilityChanged,
      { item: 'TEA', channel, available, inStock: available > 0, asOf: NOW },
      { entityVersion },
    );
  it('is kept per channel, newest first', () => {
    const floor = scenario(availability).given(told('web', 5, 1), told('store', 9, 1), told('web', 3, 2));
    floor.when(told('web', 5, 1)).thenIgnores('old-version');
    const state = floor.state<ChannelStockState>(channelStockRef('TEA'));
    expect(['web', 'store', 'api'].map((channel) => availableTo(state, channel))).toEqual([3, 9, 9]);
  });
});
