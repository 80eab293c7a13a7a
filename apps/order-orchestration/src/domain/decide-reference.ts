/** Keeps master data and availability: each a decider of its own, because each has a lane of its own. */
import { accept, change, defineDecider, ignore, rule, type Input, type Ref, type Touched } from '@crossdock/kernel';
import {
  AvailabilityChanged,
  CustomerChanged,
  EntityChanged,
  ItemChanged,
  NodeChanged,
  type AvailabilityChangedData,
  type CustomerChangedData,
  type EntityChangedData,
  type ItemChangedData,
  type NodeChangedData,
} from '@crossdock/contracts';
import {
  channelStockKind,
  channelStockRef,
  customerKind,
  customerRef,
  directoryKind,
  directoryRef,
  itemKind,
  itemRef,
} from './reference.js';

interface Versioned {
  readonly version: number;
}
/** Keeps what is newer than what is known. */
const keep = <D extends Versioned>(on: Ref, known: Versioned | undefined, data: D, type = 'kept') =>
  known && known.version >= data.version ? ignore('old-version') : accept(change(on, { type, data }));
const versionOf = (state: { known: false } | ({ known: true } & Versioned)): Versioned | undefined =>
  state.known ? state : undefined;

/** lane: account */
export const customers = defineDecider({
  name: 'customers',
  kinds: { customer: customerKind },
  rules: [
    rule(
      CustomerChanged,
      ({ data }: Input<CustomerChangedData>) => [customerRef(data.account)],
      ({ data }, { customer }: Touched<{ customer: typeof customerKind }>) =>
        keep(customerRef(data.account), versionOf(customer(data.account)), data),
    ),
  ],
});

/** lane: the item itself */
export const catalogue = defineDecider({
  name: 'catalogue',
  kinds: { item: itemKind },
  rules: [
    rule(
      ItemChanged,
      ({ data }: Input<ItemChangedData>) => [itemRef(data.item)],
      ({ data }, { item }: Touched<{ item: typeof itemKind }>) =>
        keep(itemRef(data.item), versionOf(item(data.item)), data),
    ),
  ],
});

const DIRECTORY = { directory: directoryKind };
/** One state for all nodes and entities: this decider must keep its one lane. */
export const directory = defineDecider({
  name: 'directory',
  kinds: DIRECTORY,
  rules: [
    rule(
      NodeChanged,
      (_: Input<NodeChangedData>) => [directoryRef],
      ({ data }, { directory: all }: Touched<typeof DIRECTORY>) =>
        keep(
          directoryRef,
          all(directoryRef.id).nodes.find(({ node }) => node === data.node),
          data,
          'node-kept',
        ),
    ),
    rule(
      EntityChanged,
      (_: Input<EntityChangedData>) => [directoryRef],
      ({ data }, { directory: all }: Touched<typeof DIRECTORY>) =>
        keep(
          directoryRef,
          all(directoryRef.id).entities.find(({ entity }) => entity === data.entity),
          data,
          'entity-kept',
        ),
    ),
  ],
});

/** lane: item */
export const availability = defineDecider({
  name: 'availability',
  kinds: { channelStock: channelStockKind },
  rules: [
    rule(
      AvailabilityChanged,
      ({ data }: Input<AvailabilityChangedData>) => [channelStockRef(data.item)],
      ({ data, entityVersion }, { channelStock }: Touched<{ channelStock: typeof channelStockKind }>) => {
        const known = channelStock(data.item).channels.find(({ channel }) => channel === data.channel);
        if (known && (known.version > entityVersion || known.asOf > data.asOf)) return ignore('old-version');
        const { channel, available, asOf } = data;
        const fact = { type: 'availability-kept', channel, available, asOf, version: entityVersion } as const;
        return accept(change(channelStockRef(data.item), fact));
      },
    ),
  ],
});
