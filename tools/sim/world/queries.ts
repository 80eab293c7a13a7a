/** What a service reads of its own states, over the store's twin. */
import { copyOf, type MemoryStore } from '@crossdock/testing';
import type { Found, Page, Queries } from '@crossdock/runtime';

export type Row = MemoryStore['states'] extends Map<string, infer R> ? R : never;
/** Rows of a kind that carry a key, `<tenant>|<key>`; looked for one by one unless the caller keeps an index. */
export type RowsWith = (kind: string, key: string) => Iterable<Row>;
const lookedFor =
  ({ states }: MemoryStore): RowsWith =>
  (kind, key) =>
    [...states.values()].filter((row) => row.kind === kind && row.keys.includes(key));

export const queriesOver = (store: MemoryStore, carrying: RowsWith = lookedFor(store)): Queries => {
  const found = <S>(tenant: string, { id, v, s }: { id: string; v: number; s: unknown }): Found<S> => ({
    id: id.slice(tenant.length + 1),
    version: v,
    state: copyOf(s) as S,
  });
  const get = async <S>(tenant: string, kind: string, id: string): Promise<Found<S> | undefined> => {
    const row = store.states.get(`${kind}/${tenant}|${id}`);
    return row && found<S>(tenant, row);
  };
  const rowsWith = <S>(tenant: string, kind: string, keys: readonly string[]): Found<S>[] => {
    const [first, ...more] = keys;
    const rows = first === undefined ? store.states.values() : carrying(kind, `${tenant}|${first}`);
    return [...rows]
      .filter((row) => row.kind === kind && row.id.startsWith(`${tenant}|`))
      .filter((row) => more.every((key) => row.keys.includes(`${tenant}|${key}`)))
      .map((row) => found<S>(tenant, row));
  };
  return {
    get,
    many: async <S>(tenant: string, kind: string, ids: readonly string[]) => {
      const rows = await Promise.all(ids.map((id) => get<S>(tenant, kind, id)));
      return rows.flatMap((row) => (row ? [row] : []));
    },
    byKey: async <S>(tenant: string, kind: string, key: string, { limit = 100 }: Page = {}) =>
      rowsWith<S>(tenant, kind, [key]).slice(0, limit),
    async *scan<S>(tenant: string, kind: string, keys: readonly string[] = []) {
      yield* rowsWith<S>(tenant, kind, keys);
    },
    count: async (tenant, kind, key) => rowsWith(tenant, kind, [key]).length,
    totals: () => Promise.reject(new Error('no door of the simulation adds up')),
  };
};
