/** Our items as far as partners' documents need them: which units there are, and how many base units each holds. */
import { accept, change, defineDecider, ignore, kind, ref, rule, type Ref, type Touched } from '@crossdock/kernel';
import { ItemChanged, type ItemUnit } from '@crossdock/contracts';

export type OurItem =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'known';
      readonly baseUnit: string;
      readonly units: readonly ItemUnit[];
      readonly version: number;
    };
export interface ItemKept {
  readonly type: 'item-kept';
  readonly baseUnit: string;
  readonly units: readonly ItemUnit[];
  readonly version: number;
}
export const ourItemKind = kind<OurItem, ItemKept>({
  initial: () => ({ status: 'unknown' }),
  evolve: (_state, { type: _type, ...kept }) => ({ status: 'known', ...kept }),
});
export const ourItemRef = (item: string): Ref => ref('ourItem', item);

const kinds = { ourItem: ourItemKind };
export const ourItems = defineDecider({
  name: 'our-items',
  kinds,
  rules: [
    rule(
      ItemChanged,
      ({ data }) => [ourItemRef(data.item)],
      ({ data: { item, baseUnit, units, version } }, { ourItem }: Touched<typeof kinds>) => {
        const known = ourItem(item);
        if (known.status === 'known' && known.version >= version) return ignore('old-version');
        return accept(change(ourItemRef(item), { type: 'item-kept', baseUnit, units, version }));
      },
    ),
  ],
});
