/** What reading a JSON document of a shop carries along, and how a shop's parties and lines become ours. */
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import type { Party, PostalAddress } from '../../canonical/shapes.js';
import { meantBy, type CodeTable } from '../code-table.js';
import { countryNamed } from '../country-names.js';
import { countryOf } from '../edi/countries.js';
import { NO_CURRENCY } from '../edi/reading.js';
import { isGtin } from '../gs1.js';
import { decimalAt, textAt, type Fields } from '../json-fields.js';
import type { Fault, Interchange, Standard, TranslatedDocument, TranslationContext } from '../translation.js';

/** Pieces: shops sell nothing else. */
export const PIECE = 'EA';

export class ShopReading {
  readonly faults: Fault[] = [];

  constructor(readonly context: TranslationContext) {}

  /** The agreement's currency, for amounts whose document names none. */
  get currency(): string {
    return this.context.currency ?? NO_CURRENCY;
  }
  /** What a code is here, by the rows that hold for this document. */
  means<M>(table: CodeTable<M>, code: string | undefined): M | undefined {
    return meantBy(table, code, this.context);
  }

  /** A value that must be there; '' when it is not, so that the rest is still read. */
  needed(fields: Fields, place: string, name: string): string {
    const text = textAt(fields, name);
    if (text === undefined)
      this.faults.push({
        code: 'element-missing',
        path: `${place}/${name}`,
        text: `${place}/${name} is required and missing`,
      });
    return text ?? '';
  }
  /** A whole or broken number of pieces; a fault and undefined when it is none. */
  pieces(fields: Fields, place: string, name: string) {
    const value = decimalAt(fields, name);
    if (value === undefined)
      this.faults.push({
        code: 'number-unreadable',
        path: `${place}/${name}`,
        text: `${place}/${name} is ${JSON.stringify(textAt(fields, name)?.slice(0, 60) ?? null)}, not a number`,
      });
    return value === undefined ? undefined : { value, unit: PIECE };
  }
}

interface Names {
  readonly lines: readonly string[];
  readonly region: readonly string[];
  readonly postcode: string;
  readonly country: readonly string[];
  readonly company: string;
}
const firstOf = (fields: Fields, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const found = textAt(fields, name);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Code, code of three letters or English name; what none of them tells stays as it is. */
const countryIn = (sent: string | undefined) => countryOf(sent) ?? countryNamed(sent) ?? sent;

/** A shop's address is person and place in one. */
export const partyOf = (fields: Fields | undefined, names: Names, ids: Party['ids'] = undefined): Party | undefined => {
  if (!fields) return undefined;
  const person = [textAt(fields, 'first_name'), textAt(fields, 'last_name')].filter(Boolean).join(' ');
  const company = textAt(fields, names.company);
  const name = person || textAt(fields, 'name');
  return filledOrNothing<Party>({
    ids,
    gln: undefined,
    name: company ?? name,
    address: filledOrNothing<PostalAddress>({
      lines: names.lines.flatMap((line) => textAt(fields, line) ?? []),
      city: textAt(fields, 'city'),
      region: firstOf(fields, names.region),
      postcode: textAt(fields, names.postcode),
      country: countryIn(firstOf(fields, names.country)),
    }),
    contact: company === undefined ? undefined : name,
    email: textAt(fields, 'email'),
    phone: textAt(fields, 'phone'),
    taxId: undefined,
  });
};
export const SHOPIFY: Names = {
  lines: ['address1', 'address2'],
  region: ['province_code', 'province'],
  postcode: 'zip',
  country: ['country_code', 'country'],
  company: 'company',
};
export const WOO: Names = {
  lines: ['address_1', 'address_2'],
  region: ['state'],
  postcode: 'postcode',
  country: ['country'],
  company: 'company',
};
export const BIG: Names = {
  lines: ['street_1', 'street_2'],
  region: ['state'],
  postcode: 'zip',
  country: ['country_iso2', 'country'],
  company: 'company',
};

/** A barcode that is a GTIN. */
export const gtinAt = (fields: Fields, name: string): string | undefined => {
  const barcode = textAt(fields, name);
  return barcode !== undefined && isGtin(barcode) ? barcode : undefined;
};

/** One document of a shop; its figures are few, since nothing but numbers of lines and totals can be compared. */
export const documentOf = (
  standard: Standard,
  type: string,
  canonical: CanonicalDocument,
  faults: readonly Fault[],
): TranslatedDocument => {
  const { data } = canonical;
  const number = 'number' in data ? data.number || undefined : undefined;
  const lines = 'lines' in data && Array.isArray(data.lines) ? data.lines.length : undefined;
  return {
    standard,
    type,
    ...(number !== undefined && { number }),
    figures: filled<Record<string, unknown>>({ type, id: number, lines }),
    canonical,
    faults,
  };
};
export const nothingFound = (standard: Standard, text: string): Interchange => ({
  standard,
  documents: [],
  faults: [{ code: 'no-document-found', path: '/', text }],
});
