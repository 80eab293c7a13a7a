/**
 * An IDoc as a flat file. Its data records can only be cut by the segment definitions of the sender's own release, which
 * nobody has sent, so nothing is guessed: its control record (EDI_DC40) says what it is, and it waits for a person.
 */
import type { Interchange, TranslatedDocument } from '../translation.js';

/** Fields of EDI_DC40 that are read: first character from 0, length (SAP structure EDI_DC40, 524 characters). */
const FIELDS = {
  DOCNUM: [13, 16],
  TEST: [38, 1],
  IDOCTYP: [39, 30],
  MESTYP: [99, 30],
  SNDPRN: [162, 10],
  RCVPRN: [277, 10],
} as const satisfies Readonly<Record<string, readonly [from: number, length: number]>>;
const CONTROL = /^EDI_DC40 /;

export const isFlatIdoc = (text: string): boolean => /^EDI_DC(40|40_U)? /.test(text);

const fieldOf = (record: string, name: keyof typeof FIELDS): string | undefined => {
  const [from, length] = FIELDS[name];
  return record.slice(from, from + length).trim() || undefined;
};

/** One document without content for every control record of a text. */
export const readFlatIdoc = (text: string): Interchange => {
  const records = text.split(/\r\n|\n|\r/).filter((line) => CONTROL.test(line));
  const documents = records.map((record): TranslatedDocument => {
    const type = fieldOf(record, 'MESTYP') ?? 'IDOC';
    const [release, control] = [fieldOf(record, 'IDOCTYP'), fieldOf(record, 'DOCNUM')];
    return {
      standard: 'IDoc',
      type,
      ...(release !== undefined && { release }),
      ...(control !== undefined && { control }),
      figures: { type },
      faults: [
        {
          code: 'message-unsupported',
          path: '/EDI_DC40',
          text: `${type} is a flat IDoc, which only its sender's segment definitions can cut: have it sent as XML`,
        },
      ],
    };
  });
  const [first] = records;
  const [sender, receiver] = first ? [fieldOf(first, 'SNDPRN'), fieldOf(first, 'RCVPRN')] : [];
  return {
    standard: 'IDoc',
    ...(sender !== undefined && { sender }),
    ...(receiver !== undefined && { receiver }),
    ...(first && fieldOf(first, 'TEST') === 'X' && { test: true }),
    documents,
    faults:
      documents.length > 0
        ? []
        : [{ code: 'message-unsupported', path: '/EDI_DC', text: 'a flat IDoc of a release before 4.0 is not read' }],
  };
};
