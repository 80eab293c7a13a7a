/** Customers, vendors, items, payments and journal entries of QuickBooks. */
import type { CanonicalCatalogue } from '../../canonical/catalogue.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalJournal, CanonicalJournalLine } from '../../canonical/journal.js';
import type { CanonicalPartyRecord } from '../../canonical/party-record.js';
import type { CanonicalRemittanceAdvice, CanonicalRemittanceLine } from '../../canonical/remittance-advice.js';
import type { PostalAddress } from '../../canonical/shapes.js';
import { countryNamed } from '../country-names.js';
import { countryOf } from '../edi/countries.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { decimalAt, flagAt, missing, type Reading } from '../xml/typed.js';
import { erpDayAt, erpMoneyAt } from './reading.js';

export const addressOf = (address: XmlElement | undefined): PostalAddress | undefined => {
  const country = textAt(address, 'Country') ?? textAt(address, 'CountryCode');
  return filledOrNothing<PostalAddress>({
    lines: ['Line1', 'Line2', 'Line3', 'Line4', 'Line5'].flatMap((name) => textAt(address, name) ?? []),
    city: textAt(address, 'City'),
    region: textAt(address, 'CountrySubDivisionCode'),
    postcode: textAt(address, 'PostalCode'),
    country: countryOf(country) ?? countryNamed(country) ?? country,
  });
};
const idOf = (reading: Reading, entity: XmlElement): string => {
  const id = textAt(entity, 'Id');
  if (id === undefined) missing(reading, entity, 'Id');
  return id ?? '';
};

export const customerOf =
  (role: CanonicalPartyRecord['role']) =>
  (reading: Reading, entity: XmlElement): CanonicalDocument => {
    const person = [textAt(entity, 'GivenName'), textAt(entity, 'FamilyName')].filter(Boolean).join(' ');
    const data = filled<CanonicalPartyRecord>({
      number: idOf(reading, entity),
      role,
      party: filled({
        name: textAt(entity, 'CompanyName') ?? textAt(entity, 'DisplayName') ?? (person || undefined),
        address: addressOf(elementAt(entity, 'ShipAddr') ?? elementAt(entity, 'BillAddr')),
        contact: person || undefined,
        email: textAt(entity, 'PrimaryEmailAddr', 'Address'),
        phone: textAt(entity, 'PrimaryPhone', 'FreeFormNumber'),
        taxId: textAt(entity, 'PrimaryTaxIdentifier'),
      }),
      currency: textAt(entity, 'CurrencyRef'),
      active: flagAt(reading, entity, 'Active'),
    });
    return { kind: 'party-record', data };
  };

export const itemOf = (reading: Reading, entity: XmlElement): CanonicalDocument => {
  const id = idOf(reading, entity);
  const price = decimalAt(reading, entity, 'UnitPrice');
  const cost = decimalAt(reading, entity, 'PurchaseCost');
  const data = filled<CanonicalCatalogue>(
    {
      number: id,
      name: textAt(entity, 'Name'),
      lines: [
        filled(
          {
            lineNo: '1',
            item: filled({
              sellerItem: textAt(entity, 'Sku') ?? id,
              ids: [{ scheme: 'quickbooks', value: id }],
              description: textAt(entity, 'Description') ?? textAt(entity, 'Name'),
            }),
            orderable: flagAt(reading, entity, 'Active'),
            prices: [
              ...(price === undefined ? [] : [{ price }]),
              ...(cost === undefined || cost === '0' ? [] : [{ price: cost, type: 'cost' }]),
            ],
          },
          'prices',
        ),
      ],
    },
    'lines',
  );
  return { kind: 'catalogue', data };
};

const settledOf = (reading: Reading, line: XmlElement, index: number, currency: string | undefined) => {
  const linked = elementAt(line, 'LinkedTxn');
  return filled<CanonicalRemittanceLine>({
    lineNo: String(index + 1),
    documentNumber: textAt(linked, 'TxnId'),
    documentType: textAt(linked, 'TxnType')
      ?.replace(/^CreditMemo$/, 'credit-note')
      .replace(/^Invoice$/, 'invoice'),
    paid: erpMoneyAt(reading, currency, line, 'Amount'),
  });
};
export const paymentOf = (reading: Reading, entity: XmlElement): CanonicalDocument => {
  const currency = textAt(entity, 'CurrencyRef');
  const payer = elementAt(entity, 'CustomerRef');
  const value = payer?.text.trim();
  const data = filled<CanonicalRemittanceAdvice>(
    {
      number: textAt(entity, 'PaymentRefNum') ?? idOf(reading, entity),
      issued: erpDayAt(reading, entity, 'TxnDate'),
      currency,
      amount: erpMoneyAt(reading, currency, entity, 'TotalAmt'),
      method: textAt(entity, 'PaymentMethodRef'),
      payer: value
        ? filled({ ids: [{ scheme: 'quickbooks', value }], name: payer?.attributes.name ?? textAt(payer, 'name') })
        : undefined,
      lines: childrenOf(entity, 'Line').map((line, index) => settledOf(reading, line, index, currency)),
      notes: textsOf(entity, 'PrivateNote'),
    },
    'lines',
  );
  return { kind: 'remittance-advice', data };
};

export const journalOf = (reading: Reading, entity: XmlElement): CanonicalDocument => {
  const currency = textAt(entity, 'CurrencyRef');
  const data = filled<CanonicalJournal>(
    {
      number: textAt(entity, 'DocNumber') ?? idOf(reading, entity),
      posted: erpDayAt(reading, entity, 'TxnDate'),
      currency,
      lines: childrenOf(entity, 'Line').flatMap((line): CanonicalJournalLine[] => {
        const detail = elementAt(line, 'JournalEntryLineDetail');
        const amount = erpMoneyAt(reading, currency, line, 'Amount');
        const account = elementAt(detail, 'AccountRef');
        if (!detail || !amount || !account) return [];
        return [
          filled<CanonicalJournalLine>({
            lineNo: textAt(line, 'Id') ?? '',
            side: textAt(detail, 'PostingType') === 'Credit' ? 'credit' : 'debit',
            account: account.text.trim(),
            amount,
            note: textAt(line, 'Description'),
          }),
        ];
      }),
    },
    'lines',
  );
  return { kind: 'journal', data };
};
