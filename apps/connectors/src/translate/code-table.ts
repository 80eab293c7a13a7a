/**
 * Others' codes in ours, as data: a table claims codes of one code set and says what each is here. `code-tables.ts` lists
 * them all, `code-tables.spec.ts` holds each to the set that it claims. A code in no row is not mapped, never guessed, and
 * counted (`seen-codes.ts`).
 */
import type { Day } from '../canonical/shapes.js';
import { holdsOn, type Validity } from '@crossdock/kernel';

/** What codes are of: as lists of a partner's references are called, where there is one. */
export type CodeList =
  | 'units'
  | 'statuses'
  | 'actions'
  | 'answers'
  | 'purposes'
  | 'quantities'
  | 'conditions'
  | 'reports'
  | 'document-types';

/** A code that means something on some days only, as its sender has it: on those it goes before the table's own row. */
export interface DatedRow<M> extends Validity {
  readonly code: string;
  /** null: on those days nobody has mapped it */
  readonly means: M | null;
}
/** What a version changed: the rows as they were before it; null where there was none. */
export interface Replaced<M> {
  readonly by: string;
  readonly rows: Readonly<Record<string, M | null>>;
}
/** `validFrom` and `validTo` are days on which senders mean their codes so, both included; open where left out. */
export interface CodeTable<M> extends Validity {
  readonly list: CodeList;
  /** code set and its release: `X12 670, 004010` */
  readonly codeSet: string;
  /** document that it was taken from */
  readonly source: string;
  readonly author: string;
  /** day of its newest change, `.2` for the second of a day: goes up, as text, with every change */
  readonly version: string;
  /** a segment, element or field as partners send it, and what its code is here */
  readonly example: { readonly sent: string; readonly code: string; readonly means: M };
  readonly rows: Readonly<Record<string, M>>;
  readonly dated?: readonly DatedRow<M>[];
  /** oldest first: with it a document is read again as it was read then */
  readonly replaced?: readonly Replaced<M>[];
}
/** What the tables of this service have in common: what codes of a standard mean is older than any exchange of ours. */
export const OWN = { author: '@crossdock/connectors', version: '2026-11-22', validFrom: '2000-01-01' } as const;

/** By which rows a document is read. */
export interface ReadBy {
  /** day on which it came: a sender writes all codes of a document when it sends it; as from now on when left out */
  readonly day?: Day;
  /** version of the tables; the newest when left out */
  readonly tables?: string;
}
const AS_FROM_NOW_ON = '9999-12-31';

/** What a code is here; undefined when no row has it, or none that holds on the day. */
export const meantBy = <M>(
  table: CodeTable<M>,
  code: string | undefined,
  { day = AS_FROM_NOW_ON, tables }: ReadBy = {},
): M | undefined => {
  if (code === undefined || !holdsOn(table, day)) return undefined;
  const before =
    tables === undefined
      ? undefined
      : table.replaced?.find(({ by, rows }) => by > tables && Object.hasOwn(rows, code))?.rows;
  if (before) return before[code] ?? undefined;
  const dated = table.dated?.find((row) => row.code === code && holdsOn(row, day));
  if (dated) return dated.means ?? undefined;
  return Object.hasOwn(table.rows, code) ? table.rows[code] : undefined;
};
/** Rows of which many say the same. */
export const all = <M>(means: M, codes: string): Record<string, M> =>
  Object.fromEntries(codes.split(' ').map((code) => [code, means]));
/** Rows the other way round: the code that is written for what we mean, the first where several mean it. */
export const codesFor = <M extends string>({ rows }: CodeTable<M>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(rows)
      .reverse()
      .map(([code, means]) => [means, code]),
  );
