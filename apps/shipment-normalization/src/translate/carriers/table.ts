/**
 * A carrier's words in ours, as data. A table claims code sets (what the carrier documents) and says for every code
 * of them which milestone it is; `claims.spec.ts` holds a table to that. What no row knows is UNKNOWN, never guessed.
 */
import type { Milestone } from '@crossdock/contracts';

/** Codes that a carrier documents, with what it says they mean. */
export interface CodeSet {
  readonly name: string;
  /** document or API reference it was taken from */
  readonly source: string;
  /** goes before each code in the raw code: `status:`, `I/` */
  readonly prefix?: string;
  readonly codes: Readonly<Record<string, string>>;
}
export interface MappingRow {
  /** raw codes, with the prefix of their set */
  readonly codes: readonly string[];
  readonly milestone: Milestone;
  /** incident group: carrier, shipper, consignee, customs, weather, other */
  readonly reason?: string;
  /** first and last day on which the carrier means its codes so; those of the table when left out */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly author?: string;
}
/** Last resort, for carriers that send words where others send codes: the first that is found counts. */
export interface TextRule {
  readonly text: string;
  readonly milestone: Milestone;
  readonly reason?: string;
  /** a sentence of the carrier that the rule was made from */
  readonly example: string;
}
export interface CarrierTable {
  readonly carrier: string;
  /** goes up with every change: a newer reading of a scan replaces an older one */
  readonly version: string;
  readonly author: string;
  readonly validFrom: string;
  readonly validTo?: string;
  /** a part of a payload in `golden/`, one of its codes, and what that is here */
  readonly example: { readonly sent: string; readonly code: string; readonly milestone: Milestone };
  readonly codeSets: readonly CodeSet[];
  readonly rows: readonly MappingRow[];
  readonly texts: readonly TextRule[];
}

/** Names table and version in what was read: `ups-2026-11-21`. */
export const mappingVersionOf = ({ carrier, version }: CarrierTable): string => `${carrier}-${version}`;

export interface Mapped {
  readonly milestone: Milestone;
  readonly detail?: string;
  readonly reason?: string;
}
export const UNMAPPED: Mapped = { milestone: 'UNKNOWN', reason: 'code-not-mapped' };

interface Index {
  readonly rows: ReadonlyMap<string, readonly MappingRow[]>;
  readonly meanings: ReadonlyMap<string, string>;
}
const indexes = new WeakMap<CarrierTable, Index>();
const indexOf = (table: CarrierTable): Index => {
  const known = indexes.get(table);
  if (known) return known;
  const rows = new Map<string, MappingRow[]>();
  for (const row of table.rows) for (const code of row.codes) rows.set(code, [...(rows.get(code) ?? []), row]);
  const meanings = new Map(
    table.codeSets.flatMap(({ prefix = '', codes }) =>
      Object.entries(codes).map(([code, meaning]) => [prefix + code, meaning] as const),
    ),
  );
  const index = { rows, meanings };
  indexes.set(table, index);
  return index;
};

const isValid = (
  table: CarrierTable,
  { validFrom = table.validFrom, validTo = table.validTo ?? '9999-12-31' }: MappingRow,
  day: string,
) => validFrom <= day && day <= validTo;

/** Characters of a scan's words that are looked at; carriers write a sentence or two. */
const MAX_WORDS = 1_000;

/**
 * The milestone of a scan: the first of its codes (most telling first) that a valid row names, else the first text
 * rule that its words contain. `day`: of the scan, so that a history that is told again means what it meant; without it
 * the rows that hold from now on.
 */
export const milestoneOf = (table: CarrierTable, codes: readonly string[], words = '', day = '9999-12-31'): Mapped => {
  const { rows, meanings } = indexOf(table);
  for (const code of codes) {
    const row = rows.get(code)?.find((candidate) => isValid(table, candidate, day));
    if (!row) continue;
    const detail = meanings.get(code);
    return {
      milestone: row.milestone,
      ...(detail ? { detail: detail.slice(0, 120) } : {}),
      ...(row.reason ? { reason: row.reason } : {}),
    };
  }
  const told = words.slice(0, MAX_WORDS).toLowerCase();
  const rule = told === '' ? undefined : table.texts.find(({ text }) => told.includes(text.toLowerCase()));
  if (!rule) return UNMAPPED;
  return { milestone: rule.milestone, ...(rule.reason ? { reason: rule.reason } : {}) };
};
