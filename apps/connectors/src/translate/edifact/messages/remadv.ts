/** REMADV: which invoices a payment settles. */
import type { CanonicalRemittanceAdvice, CanonicalRemittanceLine } from '../../../canonical/remittance-advice.js';
import { OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { EdifactMessageType, Group } from '../message.js';
import { amountOf, currencyOf, moneyOf } from '../parts/charges.js';
import { dayBy } from '../parts/dates.js';
import { ISSUED } from '../parts/orders.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, REFERENCE, referenceOf, referencesOf } from '../parts/references.js';
import type { EdifactReading } from '../reading.js';

/** What DOC names. */
export const TYPES: CodeTable<string> = {
  ...OWN,
  list: 'document-types',
  codeSet: 'EDIFACT 1001, D.96A',
  source: 'UN/EDIFACT code list 1001, document/message name',
  example: { sent: 'DOC+380+INV-1', code: '380', means: 'invoice' },
  rows: { '380': 'invoice', '381': 'credit-note', '383': 'debit-note', '220': 'order' },
};
/** MOA: paid; due before it; discount; adjustment. */
const PAID = ['12', '11', '9'];
const GROSS = ['77', '38', '39', '9'];
const DISCOUNT = ['52', '138'];
const ADJUSTED = ['165', '132', '130'];

const lineOf = (reading: EdifactReading, document: Group, at: number): CanonicalRemittanceLine => {
  const doc = document.opening;
  const ajt = document.one('AJT');
  const moas = [...document.all('MOA'), ...document.of('CUX').flatMap((cux) => cux.all('MOA'))];
  const type = reading.text(doc, 1, 1);
  return compact<CanonicalRemittanceLine>({
    lineNo: String(at + 1),
    documentNumber: reading.text(doc, 2, 1),
    documentType: reading.means(TYPES, type) ?? type,
    documentDay: dayBy(reading, document.all('DTM'), '137', '171', '3'),
    paid: amountOf(reading, moas, ...PAID),
    gross: amountOf(reading, moas, ...GROSS),
    discount: amountOf(reading, moas, ...DISCOUNT),
    adjusted: amountOf(reading, ajt?.all('MOA') ?? [], ...ADJUSTED) ?? amountOf(reading, moas, ...ADJUSTED),
    reasonCode: reading.text(ajt?.opening, 1),
    note: notesOf(reading, [...document.all('FTX'), ...(ajt?.all('FTX') ?? [])])?.join(' '),
  });
};

export const remittanceAdvice: EdifactMessageType = {
  type: 'REMADV',
  required: { BGM: [], DTM: [], UNS: [] },
  layout: loop(
    'UNH',
    'BGM DTM FII PAI PAT FTX',
    PARTY,
    loop('CUX', 'DTM'),
    REFERENCE,
    loop(
      'DOC',
      'MOA DTM RFF NAD CUX FTX',
      loop('CUX', 'DTM MOA'),
      loop('AJT', 'MOA RFF FTX'),
      loop('DLI', 'MOA PIA DTM', loop('CUX', 'DTM'), loop('AJT', 'MOA RFF FTX')),
    ),
    loop('UNS', 'MOA CNT AUT'),
  ),
  read: (message, reading) => {
    const bgm = message.first('BGM');
    const currency = currencyOf(reading, message);
    const summary = message.one('UNS');
    const total = summary?.all('MOA') ?? [];
    const paid = PAID.map((code) => total.find((moa) => moa.at(1).trim() === code)).find((moa) => moa);
    const data = compact<CanonicalRemittanceAdvice>({
      number: reading.needed(bgm, 'BGM', 2),
      issued: dayBy(reading, message.all('DTM'), ...ISSUED),
      paymentDay: dayBy(reading, message.all('DTM'), '138', '203', '140', '209'),
      currency,
      amount: moneyOf(reading, paid),
      amountText: reading.decimal(paid, 1, 2),
      method: reading.text(message.first('PAI'), 1, 3) ?? reading.text(message.first('PAI'), 1, 1),
      trace: referenceOf(reading, message, 'PQ', 'AEK', 'PY'),
      payer: partyIn(reading, message, 'payer'),
      payee: partyIn(reading, message, 'payee'),
      references: referencesOf(reading, message),
      lines: message.of('DOC').map((document, at) => lineOf(reading, document, at)),
      notes: notesOf(reading, message.all('FTX')),
    });
    return { kind: 'remittance-advice', data };
  },
};
