/** What finance needs of the ERP's master data: costs, legal entities, and which entity a node belongs to. */
import { defineDecider, accept, change, ignore, kind, ref, rule, type Touched } from '@crossdock/kernel';
import { EntityChanged, ItemChanged, NodeChanged, type EntityChangedData } from '@crossdock/contracts';

export type Item =
  | { readonly status: 'unknown' }
  | { readonly status: 'known'; readonly item: string; readonly cost: string; readonly version: number };
export type Node =
  | { readonly status: 'unknown' }
  | { readonly status: 'known'; readonly node: string; readonly entity: string; readonly version: number };
export type Entity =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'known';
      readonly entity: string;
      readonly currency: string;
      readonly invoicePrefix: string;
      readonly creditMemoPrefix: string;
      readonly version: number;
    };

export interface ItemCosted {
  readonly type: 'item-costed';
  readonly item: string;
  readonly cost: string;
  readonly version: number;
}
export interface NodeKept {
  readonly type: 'node-kept';
  readonly node: string;
  readonly entity: string;
  readonly version: number;
}
export interface EntityKept {
  readonly type: 'entity-kept';
  readonly entity: EntityChangedData;
}

export const itemKind = kind<Item, ItemCosted>({
  initial: () => ({ status: 'unknown' }),
  evolve: (_, { item, cost, version }) => ({ status: 'known', item, cost, version }),
});
export const nodeKind = kind<Node, NodeKept>({
  initial: () => ({ status: 'unknown' }),
  evolve: (_, { node, entity, version }) => ({ status: 'known', node, entity, version }),
});
export const entityKind = kind<Entity, EntityKept>({
  initial: () => ({ status: 'unknown' }),
  evolve: (_, { entity: { entity, currency, invoicePrefix, creditMemoPrefix, version } }) => ({
    status: 'known',
    entity,
    currency,
    invoicePrefix,
    creditMemoPrefix,
    version,
  }),
});

const kinds = { item: itemKind, node: nodeKind, entity: entityKind };
type Known = Touched<typeof kinds>;

/** True when what is known is as new as what comes. */
const isOld = (known: Item | Node | Entity, version: number): boolean =>
  known.status === 'known' && known.version >= version;

export const catalogue = defineDecider({
  name: 'catalogue',
  kinds,
  rules: [
    rule(
      ItemChanged,
      ({ data }) => [ref('item', data.item)],
      ({ data: { item, cost, version } }, { item: known }: Known) =>
        isOld(known(item), version)
          ? ignore('old-version')
          : accept(change(ref('item', item), { type: 'item-costed', item, cost, version })),
    ),
    rule(
      NodeChanged,
      ({ data }) => [ref('node', data.node)],
      ({ data: { node, entity, version } }, { node: known }: Known) =>
        isOld(known(node), version)
          ? ignore('old-version')
          : accept(change(ref('node', node), { type: 'node-kept', node, entity, version })),
    ),
    rule(
      EntityChanged,
      ({ data }) => [ref('entity', data.entity)],
      ({ data }, { entity: known }: Known) =>
        isOld(known(data.entity), data.version)
          ? ignore('old-version')
          : accept(change(ref('entity', data.entity), { type: 'entity-kept', entity: data })),
    ),
  ],
});
