/** Availability by item: says each channel's new value when it has changed, and once when in or out of stock is crossed. */
import {
  accept,
  change,
  defineDecider,
  ignore,
  rule,
  say,
  type Decision,
  type Input,
  type Output,
  type Touched,
} from '@crossdock/kernel';
import {
  AvailabilityChanged,
  ItemChanged,
  ItemInStock,
  ItemOutOfStock,
  PositionChanged,
  type ItemChangedData,
  type PositionChangedData,
} from '@crossdock/contracts';
import { availabilityRef, itemAvailabilityKind, type AvailabilityFact, type ItemAvailability } from './availability.js';

const kinds = { itemAvailability: itemAvailabilityKind };
type Items = Touched<typeof kinds>;

/** Evolves, compares what channels see before and after, and says the differences. */
const follow = (before: ItemAvailability, fact: AvailabilityFact): Decision => {
  const on = availabilityRef(before.item);
  const { item } = before;
  const after = itemAvailabilityKind.evolve(before, fact);
  const was = new Map(before.channels.map(({ channel, available }) => [channel, available]));
  const said = after.channels.flatMap(({ channel, available }): Output[] => {
    const old = was.get(channel) ?? 0;
    if (old === available) return [];
    const value = { item, channel, available, inStock: available > 0, asOf: fact.at };
    const crossing = old === 0 ? ItemInStock : ItemOutOfStock;
    const crosses = old === 0 || available === 0;
    return [
      say(AvailabilityChanged, value, on),
      ...(crosses ? [say(crossing, { item, channel, at: fact.at }, on)] : []),
    ];
  });
  return accept(change(on, fact), said);
};

const positionChanged = (
  { data, entityVersion }: Input<PositionChangedData>,
  { itemAvailability }: Items,
): Decision => {
  const { item, node, sellable, soft, allocated, unfound = 0, asOf } = data;
  const known = itemAvailability(item);
  const before = known.nodes.find((stock) => stock.node === node);
  if (before && entityVersion <= before.version) return ignore('old-version');
  const stock = { node, free: sellable - soft - allocated - unfound, version: entityVersion, asOf };
  return follow(known, { type: 'node-stock-changed', stock, at: asOf });
};

const itemChanged = ({ data, at }: Input<ItemChangedData>, { itemAvailability }: Items): Decision => {
  const known = itemAvailability(data.item);
  if (data.version <= known.rulesVersion) return ignore('old-version');
  const { version, status, channels } = data;
  return follow(known, { type: 'rules-changed', version, sold: status === 'active', rules: channels, at });
};

export const availability = defineDecider({
  name: 'availability',
  kinds,
  rules: [
    rule(PositionChanged, ({ data }) => [availabilityRef(data.item)], positionChanged),
    rule(ItemChanged, ({ data }) => [availabilityRef(data.item)], itemChanged),
  ],
});
