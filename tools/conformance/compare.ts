/** Compares a row of the reference with what was read: exact on every field of the row, and on no other. */
import { Decimal } from 'decimal.js';

export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** A leading zero makes an identifier of it: `007` is no number. */
const NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)$/;
const isNumber = (value: unknown): value is string | number =>
  (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && NUMBER.test(value));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that name a kind: a reference may write them in letters of another case, with other signs between. */
const NAMES = new Set(['standard', 'type', 'status']);
/** Other names of the same: of standards, and of the state of a parcel. */
const SAME: Readonly<Record<string, string>> = {
  ansix12: 'x12',
  asc: 'x12',
  ascx12: 'x12',
  eancom: 'edifact',
  unedifact: 'edifact',
  peppol: 'ubl',
  oasisubl: 'ubl',
  epcis20: 'epcis',
  enroute: 'intransit',
  transit: 'intransit',
  pickup: 'pickedup',
  readyforpickup: 'availableforpickup',
  labelcreated: 'pretransit',
  shipping: 'pretransit',
  pending: 'pretransit',
  notfound: 'error',
};
const nameOf = (value: string): string => {
  const folded = value.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return Object.hasOwn(SAME, folded) ? (SAME[folded] ?? folded) : folded;
};
const isSameText = (field: string, expected: string, got: string): boolean =>
  // Spaces at the end of an element are padding (X12.6, ISO 9735).
  expected.trimEnd() === got.trimEnd() || (NAMES.has(field) && nameOf(expected) === nameOf(got));

/** Numbers compare as numbers (33 = "33", 1.50 = 1.5); null in the reference means that there is none. */
export const differencesAt = (field: string, expected: unknown, got: unknown): readonly Difference[] => {
  if (expected === null || expected === undefined)
    return got === null || got === undefined ? [] : [{ field, expected, got }];
  if (isNumber(expected) && isNumber(got)) return new Decimal(expected).equals(got) ? [] : [{ field, expected, got }];
  if (Array.isArray(expected) && Array.isArray(got)) {
    if (expected.length !== got.length)
      return [{ field: `${field}.length`, expected: expected.length, got: got.length }];
    return expected.flatMap((one, index) => differencesAt(`${field}[${index}]`, one, got[index]));
  }
  if (isRecord(expected) && isRecord(got)) {
    const more = Object.keys(got).filter((key) => !(key in expected) && got[key] != null);
    return [
      ...Object.keys(expected).flatMap((key) => differencesAt(`${field}.${key}`, expected[key], got[key])),
      ...more.map((key) => ({ field: `${field}.${key}`, expected: null, got: got[key] })),
    ];
  }
  if (typeof expected === 'string' && typeof got === 'string' && isSameText(field, expected, got)) return [];
  return expected === got ? [] : [{ field, expected, got }];
};

export type Row = Readonly<Record<string, unknown>> & { readonly file: string };

/** `file` says which document it is and is no field of it. */
export const differences = (row: Row, figures: Readonly<Record<string, unknown>>): readonly Difference[] =>
  Object.entries(row)
    .filter(([field]) => field !== 'file')
    .flatMap(([field, expected]) => differencesAt(field, expected, figures[field]));
