/** NetSuite's REST records (JSON) in the shape of SuiteTalk's: one reading for both. */
import { fieldsOf, listOf, own, recordsOf, textAt, textOf, type Fields } from '../json-fields.js';
import type { Fault } from '../translation.js';
import type { XmlElement } from '../xml/element.js';
import { FAULTS_MAX } from '../xml/typed.js';
import { elementsOfJson } from './json-element.js';

/** What REST writes otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  subtotal: 'subTotal',
  addressBook: 'addressbook',
  addressBookAddress: 'addressbookAddress',
};
const nameOf = (key: string): string => (Object.hasOwn(NAMES, key) ? (NAMES[key] ?? key) : key);

/** A reference `{ id, refName }` is a RecordRef, a sublist `{ items }` a list of its name. Own fields only, whatever their names. */
const soapOf = (value: unknown): unknown => {
  const fields = fieldsOf(value);
  if (!fields) return value;
  const told = Object.entries(fields).flatMap(([key, field]): [string, unknown][] => {
    const name = nameOf(key);
    if (key === 'links') return [];
    if (key === 'id') return [['internalId', field]];
    if (key === 'refName') return [['name', field]];
    const items = own(fieldsOf(field), 'items');
    if (Array.isArray(items)) return [[`${name}List`, Object.fromEntries([[name, items.map(soapOf)]])]];
    return [[name, soapOf(field)]];
  });
  return Object.fromEntries(told);
};

/** `.../services/rest/record/v1/salesOrder/18` of the link to the record itself: `salesOrder`. */
const typeOf = (record: Fields): string | undefined => {
  const links = recordsOf(own(record, 'links'));
  const self = links.find((link) => textAt(link, 'rel') === 'self') ?? links[0];
  return /\/record\/v1\/(\w+)\/[^/?]+$/.exec(textAt(self, 'href') ?? '')?.[1];
};
/** A row of a list that was not expanded says only where its record is. */
const isReference = (record: Fields): boolean => Object.keys(record).every((key) => key === 'links' || key === 'id');

export interface RestAnswer {
  /** each named by its type */
  readonly records: readonly XmlElement[];
  readonly refused: readonly Fault[];
  /** rows that only refer to a record */
  readonly references: number;
}
/** One record, or the rows of a list; `o:errorDetails` are refusals. */
export const restRecordsIn = (value: unknown): RestAnswer => {
  const root = fieldsOf(value) ?? {};
  const items = typeOf(root) === undefined ? own(root, 'items') : undefined;
  const found = recordsOf(items ?? value).filter((row) => own(row, 'o:errorDetails') === undefined);
  const whole = found.filter((record) => typeOf(record) !== undefined && !isReference(record));
  const records = whole.flatMap((record) =>
    elementsOfJson(Object.fromEntries([[typeOf(record) ?? '', soapOf(record)]]), 'internalId'),
  );
  const refused = listOf(own(root, 'o:errorDetails'))
    .slice(0, FAULTS_MAX)
    .map((detail, at): Fault => {
      const code = textAt(detail, 'o:errorCode') ?? 'ERROR';
      const text = textAt(detail, 'detail') ?? textOf(own(root, 'title')) ?? 'without a message';
      return { code: 'refused-by-partner', path: `/o:errorDetails[${at}]`, text: `NetSuite refused: ${code}, ${text}` };
    });
  return { records, refused, references: found.length - whole.length };
};
