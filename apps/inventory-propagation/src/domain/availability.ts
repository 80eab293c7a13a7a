/**
 * What each channel may sell of an item: free stock of its nodes less safety stock, times its share, less what is kept
 * back (DOMAIN: ATS). Own lane by item; it hears the positions and the item's channel rules.
 */
import { kind, readDecimal, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { ChannelRule } from '@crossdock/contracts';

export interface NodeStock {
  readonly node: string;
  /** sellable less claims and what could not be found */
  readonly free: number;
  /** of the position, as it counted its own changes */
  readonly version: number;
  readonly asOf: Instant;
}
export interface ChannelStock {
  readonly channel: string;
  readonly available: number;
}
export interface ItemAvailability {
  readonly item: string;
  /** of the item's master data; 0 when it has not been heard of */
  readonly rulesVersion: number;
  readonly sold: boolean;
  readonly rules: readonly ChannelRule[];
  readonly nodes: readonly NodeStock[];
  /** what was last said to each channel */
  readonly channels: readonly ChannelStock[];
  readonly asOf: Instant;
}
export type AvailabilityFact =
  | { readonly type: 'node-stock-changed'; readonly stock: NodeStock; readonly at: Instant }
  | {
      readonly type: 'rules-changed';
      readonly version: number;
      readonly sold: boolean;
      readonly rules: readonly ChannelRule[];
      readonly at: Instant;
    };

/** An item without rules is sold by one channel, from every node, with nothing kept back. */
export const DEFAULT_RULES: readonly ChannelRule[] = [
  { channel: 'web', nodes: [], safetyStock: 0, sharePercent: '100', hold: 0 },
];
export const availabilityRef = (item: string): Ref => ref('itemAvailability', item);
export const rulesOf = ({ rules }: Pick<ItemAvailability, 'rules'>): readonly ChannelRule[] =>
  rules.length > 0 ? rules : DEFAULT_RULES;

/** Whole units of a percentage, rounded down: a share never adds up to more than there is. */
const shareOf = (units: number, percent: string): number => {
  const rate = readDecimal(percent);
  if (!rate || percent === '100') return units;
  return Number((BigInt(units) * rate.digits) / (100n * 10n ** BigInt(rate.scale)));
};

/** How a channel's number comes about, step by step; the same steps are shown by `explain=true`. */
export interface Formula {
  readonly nodes: readonly {
    readonly node: string;
    readonly free: number;
    readonly safetyStock: number;
    readonly counts: number;
  }[];
  readonly sum: number;
  readonly sharePercent: string;
  readonly shared: number;
  readonly hold: number;
  readonly maximumShown: number | null;
  readonly available: number;
}
export const formulaOf = (
  rule: ChannelRule,
  sold: boolean,
  stock: readonly Pick<NodeStock, 'node' | 'free'>[],
): Formula => {
  const eligible = stock.filter(({ node }) => rule.nodes.length === 0 || rule.nodes.includes(node));
  const nodes = eligible.map(({ node, free }) => {
    const counts = Math.max(0, free - rule.safetyStock);
    return { node, free, safetyStock: rule.safetyStock, counts };
  });
  const sum = nodes.reduce((total, { counts }) => total + counts, 0);
  const shared = shareOf(sum, rule.sharePercent);
  const kept = Math.max(0, shared - rule.hold);
  const shown = Math.min(kept, rule.maximumShown ?? kept);
  return {
    nodes,
    sum,
    sharePercent: rule.sharePercent,
    shared,
    hold: rule.hold,
    maximumShown: rule.maximumShown ?? null,
    available: sold ? shown : 0,
  };
};

/** What every channel may sell; one that has lost its rule may sell nothing. */
export const channelsOf = (state: ItemAvailability): readonly ChannelStock[] => {
  const ruled = rulesOf(state).map((rule) => ({
    channel: rule.channel,
    available: formulaOf(rule, state.sold, state.nodes).available,
  }));
  const named = new Set(ruled.map(({ channel }) => channel));
  const gone = state.channels.filter(({ channel }) => !named.has(channel));
  return [...ruled, ...gone.map(({ channel }) => ({ channel, available: 0 }))];
};

const withChannels = (state: ItemAvailability): ItemAvailability => ({ ...state, channels: channelsOf(state) });

export const itemAvailabilityKind = kind<ItemAvailability, AvailabilityFact>({
  initial: (id) => ({ item: id, rulesVersion: 0, sold: true, rules: [], nodes: [], channels: [], asOf: '' }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'node-stock-changed': {
        const others = state.nodes.filter(({ node }) => node !== fact.stock.node);
        const nodes = [...others, fact.stock].sort((a, b) => (a.node < b.node ? -1 : 1));
        return withChannels({ ...state, nodes, asOf: fact.at });
      }
      case 'rules-changed':
        return withChannels({
          ...state,
          rulesVersion: fact.version,
          sold: fact.sold,
          rules: fact.rules,
          asOf: fact.at,
        });
      default:
        return state;
    }
  },
  keys: (state) => state.nodes.map(({ node }) => `node:${node}`),
});
