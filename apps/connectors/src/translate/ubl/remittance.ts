/** UBL RemittanceAdvice. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalRemittanceAdvice, CanonicalRemittanceLine } from '../../canonical/remittance-advice.js';
import type { Money } from '../../canonical/shapes.js';
import { sumOf } from '../amounts.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { dayAt, type Reading } from '../xml/typed.js';
import { moneyAt } from './amounts.js';
import { notesOf, partyOf, referencesOf } from './parties.js';

/** What a line pays: debit of the payer less credit; nothing when neither stands there. */
const paidOf = (reading: Reading, line: XmlElement): Money | undefined => {
  const debit = moneyAt(reading, line, 'DebitLineAmount');
  const credit = moneyAt(reading, line, 'CreditLineAmount');
  const paid = sumOf([debit, credit && { ...credit, minor: 0 - credit.minor }].filter((one) => one !== undefined));
  return paid ?? moneyAt(reading, line, 'BalanceAmount');
};

const lineOf = (reading: Reading, line: XmlElement, index: number): CanonicalRemittanceLine => {
  const [document] = elementAt(line, 'BillingReference')?.children ?? [];
  const isCredit = document?.name.includes('CreditNote');
  return filled<CanonicalRemittanceLine>({
    lineNo: textAt(line, 'ID') ?? String(index + 1),
    documentNumber: textAt(document, 'ID') ?? textAt(line, 'DocumentReference', 'ID'),
    documentType: document && (isCredit ? 'credit-note' : 'invoice'),
    documentDay: dayAt(reading, document, 'IssueDate'),
    paid: paidOf(reading, line),
    note: textsOf(line, 'Note').join('\n') || undefined,
  });
};

export const readRemittanceAdvice = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const lines = childrenOf(root, 'RemittanceAdviceLine').map((line, index) => lineOf(reading, line, index));
  const means = elementAt(root, 'PaymentMeans');
  const data = filled<CanonicalRemittanceAdvice>(
    {
      number: textAt(root, 'ID') ?? '',
      issued: dayAt(reading, root, 'IssueDate'),
      paymentDay: dayAt(reading, root, 'PaymentDueDate') ?? dayAt(reading, means, 'PaymentDueDate'),
      currency: textAt(root, 'DocumentCurrencyCode') ?? lines.find(({ paid }) => paid)?.paid?.currency,
      amount: moneyAt(reading, root, 'TotalPaymentAmount') ?? sumOf(lines.map(({ paid }) => paid)),
      method: textAt(means, 'PaymentMeansCode'),
      trace: textAt(root, 'PaymentOrderReference') ?? textAt(means, 'PaymentID'),
      payer: partyOf(elementAt(root, 'AccountingCustomerParty')),
      payee: partyOf(elementAt(root, 'PayeeParty') ?? elementAt(root, 'AccountingSupplierParty')),
      references: referencesOf(reading, root),
      lines,
      notes: notesOf(root),
    },
    'lines',
  );
  return { kind: 'remittance-advice', data };
};
