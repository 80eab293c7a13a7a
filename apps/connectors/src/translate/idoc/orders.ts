/** IDoc ORDERS (ORDERS01 to ORDERS05): header E1EDK.., lines E1EDP01. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { AllowanceCharge, Reference } from '../../canonical/shapes.js';
import { moneyOf } from '../amounts.js';
import { NO_CURRENCY } from '../edi/reading.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { decimalAt, missing, type Reading } from '../xml/typed.js';
import { CHANGED, dayAt, itemOf, notesOf, partnerOf, qualified, quantityAt, DELETED } from './segments.js';

const currencyOf = (reading: Reading, document: XmlElement): string | undefined =>
  textAt(document, 'E1EDK01', 'CURCY') ??
  textAt(document, 'E1EDP01', 'CURCY') ??
  textAt(document, 'E1EDP01', 'WAERS') ??
  reading.context.currency;

/** E1EDK05 and E1EDP05: ALCKZ + is a charge, - an allowance. */
export const conditionsOf = (
  reading: Reading,
  parent: XmlElement,
  name: string,
  currency: string | undefined,
): readonly AllowanceCharge[] =>
  childrenOf(parent, name).flatMap((one) => {
    const amount = moneyOf(decimalAt(reading, one, 'BETRG'), currency ?? NO_CURRENCY);
    if (!amount || amount.minor === 0) return [];
    return filled<AllowanceCharge>({
      charge: textAt(one, 'ALCKZ') !== '-',
      code: textAt(one, 'KSCHL'),
      reason: textAt(one, 'KOTXT'),
      amount: { ...amount, minor: Math.abs(amount.minor) },
    });
  });

const lineOf = (reading: Reading, line: XmlElement, index: number, currency: string | undefined) => {
  const quantity = quantityAt(reading, line, 'MENGE', 'MENEE');
  if (!quantity) {
    if (textAt(line, 'MENGE') === undefined) missing(reading, line, 'MENGE');
    return undefined;
  }
  const per = decimalAt(reading, line, 'PEINH');
  return filled<CanonicalOrderLine>(
    {
      lineNo: textAt(line, 'POSEX') ?? String(index + 1),
      item: itemOf(line, 'buyerItem'),
      quantity,
      unitPrice: decimalAt(reading, line, 'VPREI'),
      per: per === '1' || per === '0' ? undefined : per,
      amount: moneyOf(decimalAt(reading, line, 'NETWR'), currency ?? NO_CURRENCY),
      requestedDate: dayAt(reading, elementAt(line, 'E1EDP20'), 'EDATU'),
      deliverTo: partnerOf(line, 'WE'),
      allowanceCharges: conditionsOf(reading, line, 'E1EDP05', currency),
    },
    'item',
  );
};

const PURPOSES: ReadonlyMap<string, string> = new Map([
  [CHANGED, 'change'],
  [DELETED, 'cancel'],
]);

export const readOrders = (reading: Reading, document: XmlElement): CanonicalDocument => {
  const head = elementAt(document, 'E1EDK01');
  const currency = currencyOf(reading, document);
  const ofCustomer = qualified(document, 'E1EDK02', 'QUALF', '001');
  const customer = textAt(ofCustomer, 'BELNR');
  const own = textAt(head, 'BELNR');
  const number = customer ?? own;
  if (number === undefined) missing(reading, document, 'E1EDK01', 'BELNR');
  const total = qualified(document, 'E1EDS01', 'SUMID', '002');
  const all = childrenOf(document, 'E1EDP01');
  // An item that was deleted in the sender's order is sent along, and is not ordered.
  const lines = all.filter((line) => textAt(line, 'ACTION') !== DELETED);
  if (all.length === 0) missing(reading, document, 'E1EDP01');
  const references: Reference[] = own !== undefined && own !== number ? [{ kind: 'order', number: own }] : [];
  const data = filled<CanonicalOrder>(
    {
      number: number ?? '',
      purpose: PURPOSES.get(textAt(head, 'ACTION') ?? '') ?? 'original',
      type: textAt(head, 'BSART'),
      issued:
        dayAt(reading, qualified(document, 'E1EDK03', 'IDDAT', '012', '025'), 'DATUM') ??
        dayAt(reading, ofCustomer, 'DATUM'),
      requestedDate: dayAt(reading, qualified(document, 'E1EDK03', 'IDDAT', '002'), 'DATUM'),
      currency,
      buyer: partnerOf(document, 'AG'),
      seller: partnerOf(document, 'LF'),
      deliverTo: partnerOf(document, 'WE'),
      billTo: partnerOf(document, 'RE', 'RG'),
      references,
      lines: lines.flatMap((line, index) => lineOf(reading, line, index, currency) ?? []),
      allowanceCharges: conditionsOf(reading, document, 'E1EDK05', currency),
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: moneyOf(
          decimalAt(reading, total, 'SUMME'),
          textAt(total, 'WAERQ') ?? textAt(total, 'SUNIT') ?? currency ?? NO_CURRENCY,
        ),
      }),
      notes: notesOf(document),
    },
    'lines',
  );
  return { kind: 'order', data };
};
