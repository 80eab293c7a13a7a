/** What each channel may sell of an item, the newest value: stock reports are made of it. Lane: the item. */
import { accept, change, defineDecider, ignore, kind, ref, rule, type Ref, type Touched } from '@crossdock/kernel';
import { AvailabilityChanged } from '@crossdock/contracts';

export type Shelf =
  | { readonly status: 'none' }
  | {
      readonly status: 'known';
      readonly channel: string;
      readonly item: string;
      readonly available: number;
      readonly asOf: string;
    };
export interface ShelfChanged {
  readonly type: 'shelf-changed';
  readonly channel: string;
  readonly item: string;
  readonly available: number;
  readonly asOf: string;
}
export const shelfKind = kind<Shelf, ShelfChanged>({
  initial: () => ({ status: 'none' }),
  evolve: (_state, { type: _type, ...now }) => ({ status: 'known', ...now }),
  keys: (shelf) => (shelf.status === 'none' ? [] : [`channel:${shelf.channel}`]),
});
export const shelfRef = (channel: string, item: string): Ref => ref('shelf', `${channel}|${item}`);

const kinds = { shelf: shelfKind };
export const shelves = defineDecider({
  name: 'shelves',
  kinds,
  rules: [
    rule(
      AvailabilityChanged,
      ({ data }) => [shelfRef(data.channel, data.item)],
      ({ data: { channel, item, available, asOf } }, { shelf }: Touched<typeof kinds>) => {
        const on = shelfRef(channel, item);
        const known = shelf(on.id);
        // A lost broker gives old versions again; of two of one moment the later one counts.
        if (known.status === 'known' && known.asOf > asOf) return ignore('old-version');
        return accept(change(on, { type: 'shelf-changed', channel, item, available, asOf }));
      },
    ),
  ],
});
