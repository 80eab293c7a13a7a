/** Queries over a day in memory, so that the API is tested with states that the rules made. */
import type { Found, Page, Queries, Totals } from '@crossdock/runtime';
import type { Kind } from '@crossdock/kernel';
import { ledgerKinds } from '../domain/ledger.js';
import type { FinanceDay } from '../domain/finance-day.builders.js';

const pathOf = (state: unknown, path: string): unknown =>
  path.split('.').reduce((value, part) => (value as Record<string, unknown> | undefined)?.[part], state);

export const queriesOver = (day: FinanceDay): Queries => {
  const kinds: Readonly<Record<string, Kind>> = ledgerKinds;
  const rows = <S>(kind: string): Found<S>[] =>
    day.entries(kind).map(([id, state]) => ({ id, version: 1, state: state as S }));
  const keyed = <S>(kind: string, keys: readonly string[]): Found<S>[] =>
    rows<S>(kind).filter(({ state }) => {
      const own = kinds[kind]?.keys?.(state) ?? [];
      return keys.every((key) => own.includes(key));
    });
  return {
    get: async <S>(_: string, kind: string, id: string) => rows<S>(kind).find((row) => row.id === id),
    many: async <S>(_: string, kind: string, ids: readonly string[]) =>
      rows<S>(kind).filter(({ id }) => ids.includes(id)),
    byKey: async <S>(_: string, kind: string, key: string, { limit = 100, after }: Page = {}) => {
      const newestFirst = keyed<S>(kind, [key]).toReversed();
      const start = after === undefined ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
      return newestFirst.slice(start, start + limit);
    },
    async *scan<S>(_: string, kind: string, keys: readonly string[] = []) {
      yield* keyed<S>(kind, keys);
    },
    count: async (_, kind, key) => keyed(kind, [key]).length,
    totals: async (_, kind, key, groupBy, sums) => {
      const groups = new Map<string | null, Totals>();
      for (const { state } of keyed(kind, [key])) {
        const group = groupBy === null ? null : String(pathOf(state, groupBy));
        const before = groups.get(group) ?? { group, count: 0, sums: {} };
        const added = Object.entries(sums).map(([name, path]) => [
          name,
          (before.sums[name] ?? 0) + Number(pathOf(state, path)),
        ]);
        groups.set(group, { group, count: before.count + 1, sums: Object.fromEntries(added) });
      }
      return [...groups.values()];
    },
  };
};
