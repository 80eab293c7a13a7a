/** Master data and availability as this service keeps them: what an order is checked against, without asking anyone. */
import { kind, ref, type Ref } from '@crossdock/kernel';
import type { CustomerChangedData, EntityChangedData, ItemChangedData, NodeChangedData } from '@crossdock/contracts';

export interface Kept<D> {
  readonly type: 'kept';
  readonly data: D;
}
export type Reference<D> = { readonly known: false } | ({ readonly known: true } & D);

/** One kind of master data: nothing known, or the newest that was said. */
const referenceKind = <D extends object>() =>
  kind<Reference<D>, Kept<D>>({
    initial: () => ({ known: false }),
    evolve: (state, fact) => (fact.type === 'kept' ? { known: true, ...fact.data } : state),
    keys: (state) => (state.known ? ['all'] : []),
  });

export type Customer = CustomerChangedData;
export type CustomerState = Reference<Customer>;
export const customerKind = referenceKind<Customer>();
export const customerRef = (account: string): Ref => ref('customer', account);

export type Item = ItemChangedData;
export type ItemState = Reference<Item>;
export const itemKind = referenceKind<Item>();
export const itemRef = (item: string): Ref => ref('item', item);

/** Nodes and legal entities are few and stand in one state, because which of them an order needs is known only from others. */
export interface DirectoryState {
  readonly nodes: readonly NodeChangedData[];
  readonly entities: readonly EntityChangedData[];
}
export type DirectoryFact =
  | { readonly type: 'node-kept'; readonly data: NodeChangedData }
  | { readonly type: 'entity-kept'; readonly data: EntityChangedData };
const instead = <T>(list: readonly T[], same: (other: T) => boolean, value: T): readonly T[] => [
  ...list.filter((other) => !same(other)),
  value,
];
export const directoryKind = kind<DirectoryState, DirectoryFact>({
  initial: () => ({ nodes: [], entities: [] }),
  evolve: (state, fact) => {
    if (fact.type === 'node-kept')
      return { ...state, nodes: instead(state.nodes, ({ node }) => node === fact.data.node, fact.data) };
    if (fact.type === 'entity-kept')
      return { ...state, entities: instead(state.entities, ({ entity }) => entity === fact.data.entity, fact.data) };
    return state;
  },
});
export const directoryRef: Ref = ref('directory', 'all');

/** What each channel may sell of an item, as inventory last said. */
export interface ChannelStockState {
  readonly item: string;
  readonly channels: readonly ChannelStock[];
}
export interface ChannelStock {
  readonly channel: string;
  readonly available: number;
  readonly asOf: string;
  readonly version: number;
}
export type ChannelStockFact = { readonly type: 'availability-kept' } & ChannelStock;
export const channelStockKind = kind<ChannelStockState, ChannelStockFact>({
  initial: (item) => ({ item, channels: [] }),
  evolve: (state, { type, ...stock }) =>
    type === 'availability-kept'
      ? { ...state, channels: instead(state.channels, ({ channel }) => channel === stock.channel, stock) }
      : state,
});
export const channelStockRef = (item: string): Ref => ref('channelStock', item);

/** Units that a channel may sell; a channel that the item has no rule for sees what the widest of the others sees. */
export const availableTo = (state: ChannelStockState, channel: string): number => {
  const own = state.channels.find((stock) => stock.channel === channel);
  return own ? own.available : state.channels.reduce((most, { available }) => Math.max(most, available), 0);
};
