/** 210 Motor Carrier Freight Details and Invoice: what a carrier charges. */
import type { CanonicalInvoice, CanonicalInvoiceLine } from '../../../canonical/invoice.js';
import type { Party } from '../../../canonical/shapes.js';
import { sumOf } from '../../amounts.js';
import { compact, filled } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { IMPLIED_PLACES } from '../parts/charges.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { referencesOf, referencesOfL11 } from '../parts/references.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';

/** Correction indicators (B308) of credits. */
const CREDITS = new Set(['CR']);

/** Every L1 is a charge of its own; it is described by its code, else by the L5 of its line. */
const chargesIn = (reading: X12Reading, lx: X12Loop): readonly Omit<CanonicalInvoiceLine, 'lineNo'>[] => {
  const described = reading.text(lx.first('L5'), 2);
  return lx.all('L1').map((l1) => {
    const code = reading.text(l1, 8);
    const ids = code === undefined ? undefined : [{ scheme: 'special-charge', value: code }];
    const amount = reading.money(l1, 4, undefined, IMPLIED_PLACES);
    return compact<Omit<CanonicalInvoiceLine, 'lineNo'>>({
      item: compact<CanonicalInvoiceLine['item']>({ ids, description: reading.text(l1, 12) ?? described }),
      quantity: { value: '1', unit: 'EA' },
      unitPrice: amount && reading.decimal(l1, 2),
      amount,
    });
  });
};

/** B311: the carrier that bills, by its SCAC. */
const carrierOf = (reading: X12Reading, b3: X12Segment | undefined): Party | undefined => {
  const value = reading.text(b3, 11);
  return value === undefined ? undefined : { ids: [{ scheme: 'SCAC', value }] };
};

export const freightInvoice: X12Message = {
  type: '210',
  required: { B3: [2, 4, 6, 7, 11] },
  layout: loop(
    'ST',
    'B3 C2 C3 ITD N9 G62 R3 H3 K1',
    PARTY,
    loop('N7', 'M7'),
    loop('LX', 'N9 POD L5 H1 H2 L0 L1 L4 L7 K1 PER'),
    loop('L3'),
  ),
  read: (set, reading) => {
    const b3 = set.first('B3');
    const currency = reading.says(reading.text(set.first('C3'), 1));
    const lines = set
      .of('LX')
      .flatMap((lx) => chargesIn(reading, lx))
      .map((line, at) => ({ lineNo: String(at + 1), ...line }));
    const data = compact<CanonicalInvoice>({
      number: reading.needed(b3, 'B3', 2),
      type: reading.text(b3, 8),
      issued: reading.day(b3, 6),
      currency,
      buyer: partyIn(reading, set, 'billTo'),
      seller: partyIn(reading, set, 'carrier') ?? carrierOf(reading, b3),
      deliverTo: partyIn(reading, set, 'consignee'),
      references: referencesOf(reading, set.all('N9')) ?? referencesOfL11(reading, set.all('L11')),
      lines,
      totals: filled(
        compact<NonNullable<CanonicalInvoice['totals']>>({
          lines: sumOf(lines.map(({ amount }) => amount)),
          payable: reading.money(b3, 7, undefined, IMPLIED_PLACES),
        }),
      ),
    });
    return { kind: CREDITS.has(b3?.at(8).trim() ?? '') ? 'credit-note' : 'invoice', data };
  },
};
