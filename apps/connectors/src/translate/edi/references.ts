/** Kinds of references (UBL and our words) with their qualifiers in X12 (element 128) and EDIFACT (code list 1153). */
interface Row {
  readonly kind: string;
  readonly x12: string;
  readonly edifact: string;
}
const ROWS: readonly Row[] = [
  { kind: 'order', x12: 'PO', edifact: 'ON' },
  { kind: 'seller-order', x12: 'VN', edifact: 'VN' },
  { kind: 'customer-order', x12: 'CO', edifact: 'CO' },
  { kind: 'blanket-order', x12: 'BO', edifact: 'BO' },
  { kind: 'contract', x12: 'CT', edifact: 'CT' },
  { kind: 'quotation', x12: 'Q1', edifact: 'AAG' },
  { kind: 'price-list', x12: 'PI', edifact: 'PL' },
  { kind: 'promotion', x12: 'PD', edifact: 'PD' },
  { kind: 'invoice', x12: 'IV', edifact: 'IV' },
  { kind: 'credit-note', x12: 'CM', edifact: 'CD' },
  { kind: 'despatch', x12: 'SI', edifact: 'AAK' },
  { kind: 'delivery-note', x12: 'DJ', edifact: 'DQ' },
  { kind: 'packing-list', x12: 'PK', edifact: 'PK' },
  { kind: 'bill-of-lading', x12: 'BM', edifact: 'BM' },
  { kind: 'carrier', x12: 'CN', edifact: 'CN' },
  { kind: 'department', x12: 'DP', edifact: 'DP' },
  { kind: 'supplier', x12: 'IA', edifact: 'IA' },
  { kind: 'receipt', x12: 'RV', edifact: 'ALO' },
];
/** Stands for a kind of ours that the standard has no qualifier for; the kind itself follows as text. */
const OTHER = 'ZZ';
const KINDS = new Set(['release', 'catalogue', 'project', 'originator', 'despatch-advice', 'account', 'return']);

const column = (of: 'x12' | 'edifact'): { kinds: ReadonlyMap<string, string>; codes: ReadonlyMap<string, string> } => ({
  kinds: new Map(ROWS.map((row) => [row[of], row.kind])),
  codes: new Map(ROWS.map((row) => [row.kind, row[of]])),
});
const COLUMNS = { x12: column('x12'), edifact: column('edifact') };

/** Kind of a qualifier; the qualifier itself where there is no row. `note` is what followed an `OTHER`. */
export const kindOf = (standard: 'x12' | 'edifact', qualifier: string, note?: string): string => {
  if (qualifier === OTHER && note !== undefined && KINDS.has(note)) return note;
  return COLUMNS[standard].kinds.get(qualifier) ?? qualifier;
};
/** Qualifier of a kind, and the note that must follow when the standard has none. */
export const qualifierOf = (standard: 'x12' | 'edifact', kind: string): { qualifier: string; note?: string } => {
  const qualifier = COLUMNS[standard].codes.get(kind);
  if (qualifier !== undefined) return { qualifier };
  return /^[A-Z0-9]{2,3}$/.test(kind) ? { qualifier: kind } : { qualifier: OTHER, note: kind };
};
