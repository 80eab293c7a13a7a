/** Segments of an IDoc: fields by name, qualified segments by their qualifier, parties, items and units. */
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { Day, Item, LocalDateTime, Party, PostalAddress, Quantity } from '../../canonical/shapes.js';
import { meantBy, OWN, type CodeTable } from '../code-table.js';
import { unitOfEdifact, UNIT_UNKNOWN } from '../edi/units.js';
import { isGtin } from '../gs1.js';
import { dateTimeOf } from '../instants.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { decimalAt, unreadable, type Reading } from '../xml/typed.js';

/** `E1EDK02` with QUALF 001: the segment of this name whose field has the value. */
export const qualified = (
  parent: XmlElement,
  name: string,
  field: string,
  ...values: readonly string[]
): XmlElement | undefined => {
  for (const value of values) {
    const found = childrenOf(parent, name).find((one) => textAt(one, field) === value);
    if (found) return found;
  }
  return undefined;
};

/** SAP fills unset dates with zeros; times stand in a field of their own and have no zone. */
export const momentAt = (
  reading: Reading,
  segment: XmlElement | undefined,
  day: string,
  time?: string,
): LocalDateTime | undefined => {
  const date = textAt(segment, day);
  if (date === undefined || /^0+$/.test(date)) return undefined;
  const clock = time === undefined ? undefined : textAt(segment, time);
  const at = dateTimeOf(clock !== undefined && /^\d{6}$/.test(clock) ? `${date}${clock}` : date);
  const found = elementAt(segment, day);
  return at ?? (found && unreadable(reading, found, 'date-unreadable', 'date (YYYYMMDD)'));
};
export const dayAt = (reading: Reading, segment: XmlElement | undefined, day: string): Day | undefined =>
  momentAt(reading, segment, day)?.slice(0, 10);

/** SAP's own codes that are no ISO codes; everything else is read as EDIFACT writes it. */
export const SAP_UNITS: CodeTable<string> = {
  ...OWN,
  list: 'units',
  codeSet: 'SAP units of measurement, T006',
  source: 'SAP units as delivered (transaction CUNI), where they are not the ISO code that belongs to them',
  example: { sent: '<MENEE>KAR</MENEE>', code: 'KAR', means: 'CT' },
  rows: {
    ST: 'EA',
    KAR: 'CT',
    KI: 'CS',
    PAL: 'PF',
    KG: 'KGM',
    G: 'GRM',
    L: 'LTR',
    M: 'MTR',
    TO: 'TNE',
    PAK: 'PK',
    ROL: 'RO',
    KAN: 'XCI',
    FLA: 'BO',
    BT: 'BO',
    BAG: 'BG',
    BEU: 'BG',
    CAR: 'CT',
    DZ: 'DZN',
    GRO: 'GRO',
    PAA: 'PR',
    TS: 'MIL',
    MG: 'MGM',
    LB: 'LBR',
    OZ: 'ONZ',
    ML: 'MLT',
    CL: 'CLT',
    HL: 'HLT',
    GAL: 'GLL',
    MM: 'MMT',
    CM: 'CMT',
    KM: 'KMT',
    FT: 'FOT',
    IN: 'INH',
    YD: 'YRD',
    M2: 'MTK',
    M3: 'MTQ',
    FT2: 'FTK',
    STD: 'HUR',
    H: 'HUR',
    TAG: 'DAY',
    MON: 'MON',
    JHR: 'ANN',
  },
};
/** ACTION of a header or an item (ORDERS05): 001 added, 002 changed, 003 deleted. */
export const [ADDED, CHANGED, DELETED] = ['001', '002', '003'];
const unitOf = ({ context }: Reading, sent: string): string => {
  if (Object.hasOwn(context.units, sent)) return context.units[sent] ?? UNIT_UNKNOWN;
  return meantBy(SAP_UNITS, sent, context) ?? unitOfEdifact(sent, context) ?? UNIT_UNKNOWN;
};
export const quantityAt = (
  reading: Reading,
  segment: XmlElement | undefined,
  value: string,
  unit: string,
): Quantity | undefined => {
  const decimal = decimalAt(reading, segment, value);
  if (decimal === undefined) return undefined;
  const sent = textAt(segment, unit);
  const ours = sent === undefined ? 'EA' : unitOf(reading, sent);
  return filled<Quantity>({ value: decimal, unit: ours, sentUnit: sent === ours ? undefined : sent });
};

export const addressOf = (segment: XmlElement | undefined): PostalAddress | undefined =>
  filledOrNothing<PostalAddress>({
    lines: ['NAME2', 'STRAS', 'STRS2', 'STREET1', 'STREET2'].flatMap((name) => textAt(segment, name) ?? []),
    city: textAt(segment, 'ORT01') ?? textAt(segment, 'CITY1'),
    region: textAt(segment, 'REGIO') ?? textAt(segment, 'REGION'),
    postcode: textAt(segment, 'PSTLZ') ?? textAt(segment, 'POSTL_COD1'),
    country: textAt(segment, 'LAND1') ?? textAt(segment, 'COUNTRY1') ?? textAt(segment, 'ISOAL'),
  });

/** E1EDKA1 and E1EDPA1 by PARVW, E1ADRM1 by PARTNER_Q: AG sold-to, WE ship-to, RE bill-to, RG payer, LF vendor. */
export const partnerOf = (parent: XmlElement, ...roles: readonly string[]): Party | undefined => {
  const segment =
    qualified(parent, 'E1EDKA1', 'PARVW', ...roles) ??
    qualified(parent, 'E1EDPA1', 'PARVW', ...roles) ??
    qualified(parent, 'E1ADRM1', 'PARTNER_Q', ...roles);
  if (!segment) return undefined;
  const ids = [
    { scheme: 'sap', value: textAt(segment, 'PARTN') ?? textAt(segment, 'PARTNER_ID') },
    { scheme: 'sap-vendor', value: textAt(segment, 'LIFNR') },
  ].filter((id): id is { scheme: string; value: string } => id.value !== undefined);
  return filledOrNothing<Party>({
    ids: ids.filter((id, at) => ids.findIndex((one) => one.value === id.value) === at),
    gln: textAt(segment, 'ILNNR'),
    name: textAt(segment, 'NAME1'),
    address: addressOf(segment),
    contact: textAt(segment, 'BNAME'),
    email: textAt(segment, 'SMTP_ADDR') ?? textAt(segment, 'E_MAIL'),
    phone: textAt(segment, 'TELF1') ?? textAt(segment, 'TELEPHONE1'),
  });
};

/** E1EDP19: 001 customer's number, 002 vendor's, 003 EAN. MATNR is the sender's own, whoever that is. */
export const itemOf = (line: XmlElement, sender: 'buyerItem' | 'sellerItem'): Item => {
  const id = (qualifier: string) => textAt(qualified(line, 'E1EDP19', 'QUALF', qualifier), 'IDTNR');
  const own = textAt(line, 'MATNR') ?? textAt(line, 'MATNR_LONG');
  const ean = id('003') ?? textAt(line, 'EAN11');
  const numbers = { buyerItem: id('001') ?? textAt(line, 'KDMAT'), sellerItem: id('002') };
  const text = childrenOf(line, 'E1EDP19').flatMap((one) => textAt(one, 'KTEXT') ?? [])[0];
  return filled<Item>({
    ...numbers,
    [sender]: numbers[sender] ?? own,
    gtin: ean !== undefined && isGtin(ean) ? ean : undefined,
    description: text ?? textAt(line, 'MAKTX') ?? textAt(line, 'ARKTX'),
  });
};
/** Texts of the document: E1EDKT1 holds E1EDKT2 lines. */
export const notesOf = (document: XmlElement): readonly string[] => textsIn(document, 'E1EDKT1', 'E1EDKT2');
/** Texts of an item: E1EDPT1 holds E1EDPT2 lines. */
export const lineNoteOf = (line: XmlElement): string | undefined =>
  textsIn(line, 'E1EDPT1', 'E1EDPT2').join('\n') || undefined;
const textsIn = (parent: XmlElement, head: string, name: string): readonly string[] =>
  childrenOf(parent, head).flatMap((text) => {
    const lines = childrenOf(text, name).flatMap((line) => textAt(line, 'TDLINE') ?? []);
    return lines.length > 0 ? [lines.join('\n')] : [];
  });
