/** The partner's codes that a document uses, so that their cross references are read in one go. */
import type { ReferenceList } from '@crossdock/contracts';
import type { CanonicalOrder } from '../canonical/order.js';
import type { Item, Party, Quantity } from '../canonical/shapes.js';

export interface Code {
  readonly list: ReferenceList;
  readonly theirs: string;
}

/** Every code by which a party may be looked up, the most particular first. */
export const codesOfParty = (party: Party | undefined): readonly string[] =>
  party ? [...(party.gln ? [party.gln] : []), ...(party.ids ?? []).map(({ value }) => value)] : [];

/** Every code by which an item may be looked up: the partner's own number before the world's. */
export const codesOfItem = ({ buyerItem, gtin, sellerItem, manufacturerItem, ids = [] }: Item): readonly string[] =>
  [buyerItem, gtin, sellerItem, manufacturerItem, ...ids.map(({ value }) => value)].filter(
    (code): code is string => code !== undefined && code !== '',
  );

/** What the item and the units of a line may be looked up by. */
export const codesOfLine = (item: Item, ...quantities: readonly Quantity[]): readonly Code[] => [
  ...codesOfItem(item).map((theirs): Code => ({ list: 'items', theirs })),
  ...quantities.map(({ sentUnit, unit }): Code => ({ list: 'units', theirs: sentUnit ?? unit })),
];

export const codesOf = (order: Pick<CanonicalOrder, 'deliverTo' | 'billTo' | 'buyer' | 'lines'>): readonly Code[] => {
  const parties = [order.deliverTo, order.billTo, order.buyer].flatMap(codesOfParty);
  const codes = [
    ...parties.flatMap((theirs): Code[] => [
      { list: 'customers', theirs },
      { list: 'locations', theirs },
    ]),
    ...order.lines.flatMap(({ item, quantity }) => codesOfLine(item, quantity)),
  ];
  return [...new Map(codes.map((code) => [`${code.list}|${code.theirs}`, code])).values()];
};
