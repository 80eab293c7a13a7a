import type { CanonicalInvoice } from '../../canonical/invoice.js';
import { NO_CONTEXT } from '../translation.js';
import { readUbl } from './ubl.js';

const NS = 'urn:oasis:names:specification:ubl:schema:xsd';
const amount = (name: string, value: string, currency = 'EUR'): string =>
  `<cbc:${name} currencyID="${currency}">${value}</cbc:${name}>`;
const party = (role: string): string =>
  `<cac:${role}><cac:Party><cbc:EndpointID>1</cbc:EndpointID></cac:Party></cac:${role}>`;
const tax = (value: string, currency = 'EUR', subtotal = ''): string =>
  `<cac:TaxTotal>${amount('TaxAmount', value, currency)}${subtotal}</cac:TaxTotal>`;
const subtotal = (value: string): string => `<cac:TaxSubtotal>${amount('TaxAmount', value)}</cac:TaxSubtotal>`;
/** Of one line of 100.00; `totals` from its LegalMonetaryTotal beside the sum of the lines. */
const read = (parts: string, totals: readonly string[], head = '') => {
  const body = `<Invoice xmlns="${NS}:Invoice-2" xmlns:cac="${NS}:CommonAggregateComponents-2" xmlns:cbc="${NS}:CommonBasicComponents-2">
    ${head}<cbc:ID>I-1</cbc:ID><cbc:IssueDate>2026-01-05</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
    ${party('AccountingSupplierParty')}${party('AccountingCustomerParty')}${parts}
    <cac:LegalMonetaryTotal>${amount('LineExtensionAmount', '100.00')}${totals.join('')}</cac:LegalMonetaryTotal>
    <cac:InvoiceLine><cbc:ID>1</cbc:ID>${amount('LineExtensionAmount', '100.00')}<cac:Item/></cac:InvoiceLine></Invoice>`;
  const [document] = readUbl(new TextEncoder().encode(body), NO_CONTEXT).documents;
  const invoice = document?.canonical?.data as CanonicalInvoice;
  return { faults: document?.faults.map(({ path }) => path), tax: invoice.totals?.tax?.minor, invoice };
};
const totals = (net: string, gross: string, payable: string, ...more: readonly string[]): readonly string[] => [
  amount('TaxExclusiveAmount', net),
  amount('TaxInclusiveAmount', gross),
  ...more,
  amount('PayableAmount', payable),
];
const ALLOWANCE = `<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>${amount('Amount', '10.00')}</cac:AllowanceCharge>`;

describe('taxes of a UBL invoice', () => {
  it('of several schemes add up, with the subtotals of each', () => {
    const {
      faults,
      tax: all,
      invoice,
    } = read(tax('5', 'EUR', subtotal('5')) + tax('8', 'EUR', subtotal('8')), totals('100', '113', '113'));
    expect([faults, all]).toEqual([[], 1300]);
    expect(invoice.taxes?.map((one) => one.tax.minor)).toEqual([500, 800]);
  });

  it.each([
    ['after the other', tax('20', 'EUR', subtotal('20')) + tax('230', 'SEK')],
    ['before the other', tax('230', 'SEK') + tax('20', 'EUR', subtotal('20'))],
  ])('in the currency of accounting, %s, are no further taxes', (_, parts) => {
    const { faults, tax: all } = read(
      parts,
      totals('100', '120', '120'),
      '<cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>',
    );
    expect([faults, all]).toEqual([[], 2000]);
  });

  it('said again without subtotals, where the currency of accounting is the document’s, count once', () => {
    const parts = tax('20') + tax('20', 'EUR', subtotal('20'));
    const { faults, tax: all } = read(
      parts,
      totals('100', '120', '120'),
      '<cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode>',
    );
    expect([faults, all]).toEqual([[], 2000]);
  });

  it('that are withheld may be taken off what is to be paid', () => {
    const withheld = `<cac:WithholdingTaxTotal>${amount('TaxAmount', '15')}</cac:WithholdingTaxTotal>`;
    expect(read(tax('20') + withheld, totals('100', '120', '105')).faults).toEqual([]);
    expect(read(tax('20'), totals('100', '120', '105')).faults).toEqual(['/Invoice/LegalMonetaryTotal/PayableAmount']);
  });
});

describe('totals of a UBL invoice', () => {
  it('may leave out the sum of allowances that are listed, and be wrong all the same', () => {
    expect(read(ALLOWANCE + tax('18'), totals('90', '108', '108')).faults).toEqual([]);
    expect(read(ALLOWANCE + tax('18'), totals('80', '98', '98')).faults).toEqual([
      '/Invoice/LegalMonetaryTotal/TaxExclusiveAmount',
    ]);
  });

  it('take prepaid amounts off and the rounding on', () => {
    const parts = [amount('PrepaidAmount', '20.00'), amount('PayableRoundingAmount', '0.40')];
    expect(read(tax('20'), totals('100', '119.60', '100.00', ...parts)).faults).toEqual([
      '/Invoice/LegalMonetaryTotal/TaxInclusiveAmount',
    ]);
    expect(read(tax('19.60'), totals('100', '119.60', '100.00', ...parts)).faults).toEqual([]);
  });

  it('of OIOUBL name the taxes where others name the amount without them', () => {
    const { faults, invoice } = read(
      tax('25'),
      totals('25', '125', '125'),
      '<cbc:CustomizationID>OIOUBL-2.02</cbc:CustomizationID>',
    );
    expect([faults, invoice.totals?.net, invoice.totals?.gross?.minor]).toEqual([[], undefined, 12_500]);
  });
});
