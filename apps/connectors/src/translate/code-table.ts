/**
 * Others' codes in ours, as data: a table claims codes of one code set and says what each is here. `code-tables.spec.ts`
 * holds each to the set that it claims. A code in no row is not mapped, never guessed, and counted (`seen-codes.ts`).
 */

/** What codes are of: as lists of a partner's references are called, where there is one. */
export type CodeList = 'units' | 'statuses' | 'actions' | 'answers';
export interface CodeTable<M> {
  readonly list: CodeList;
  /** code set and its release: `X12 670, 004010` */
  readonly codeSet: string;
  /** document that it was taken from */
  readonly source: string;
  readonly author: string;
  /** goes up with every change */
  readonly version: string;
  /** first day on which we read by it; whatever comes from then on is, also a document of an earlier day */
  readonly validFrom: string;
  /** a segment as partners send it, and what its code is here */
  readonly example: { readonly sent: string; readonly code: string; readonly means: M };
  readonly rows: Readonly<Record<string, M>>;
}
/** What the tables of this service have in common. */
export const OWN = { author: '@crossdock/connectors', version: '2026-11-21', validFrom: '2026-11-21' } as const;

/** What a code is here; undefined when no row has it. */
export const meantBy = <M>({ rows }: CodeTable<M>, code: string | undefined): M | undefined =>
  code !== undefined && Object.hasOwn(rows, code) ? rows[code] : undefined;
/** Rows of which many say the same. */
export const all = <M>(means: M, codes: string): Record<string, M> =>
  Object.fromEntries(codes.split(' ').map((code) => [code, means]));
