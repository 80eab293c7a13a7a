import { ref } from '@crossdock/kernel';
import {
  CreditMemoDrafted,
  CreditMemoPosted,
  InvoiceDrafted,
  InvoicePosted,
  JournalPosted,
  PostingRefused,
  PostToErp,
  RetryPosting,
  type BilledLine,
  type BillingDraftedData,
  type PostToErpData,
} from '@crossdock/contracts';
import { scenario } from '@crossdock/testing';
import { ledger } from './decide-ledger.js';
import { amountsOf } from './document.js';
import { aFreightLine, aLine, anAnswerTo, heard } from './finance.builders.js';

const BOOKS = {
  status: 'known',
  entity: 'CD-UK',
  currency: 'GBP',
  invoicePrefix: 'UK-I',
  creditMemoPrefix: 'UK-C',
  version: 1,
} as const;
const entity = () => scenario(ledger).knowing(ref('entity', 'CD-UK'), BOOKS);

const billed = (lines = [aLine(1), aFreightLine(2, '30.00')]): BilledLine[] =>
  lines.map(({ lineNo, kind, item, quantity, unitPrice, net, taxPercent, tax }) => ({
    lineNo,
    kind,
    item,
    quantity,
    unitPrice,
    net,
    taxPercent,
    tax,
  }));
const draftData = (documentId: string, lines: BilledLine[], cost: number): BillingDraftedData => {
  const { goods, freight, charges, tax } = amountsOf(lines);
  const net = goods + freight + charges;
  return {
    documentId,
    billing: 'invoice',
    entity: 'CD-UK',
    account: '17850',
    currency: 'GBP',
    documentDate: '2010-12-01',
    orderId: 'order-1',
    orderNo: '536365',
    shipmentId: 'shipment-1',
    net,
    tax,
    gross: net + tax,
    cost,
    lines,
  };
};
const anInvoiceDrafted = (documentId = 'document-1', lines = billed(), cost = 14000) =>
  heard(InvoiceDrafted, draftData(documentId, lines, cost));
const aCreditMemoDrafted = (documentId = 'memo-1') =>
  heard(CreditMemoDrafted, {
    ...draftData(documentId, billed([aLine(1, { quantity: 2 })]), 2800),
    billing: 'credit-memo',
  });
const question = (of: ReturnType<typeof entity>): PostToErpData => of.said(PostToErp)[0]!;

describe('a draft', () => {
  it('gets the next number, is asked of the ERP and its cost is posted at once', () => {
    entity()
      .when(anInvoiceDrafted())
      .thenSays(PostToErp, {
        documentId: 'document-1',
        documentNo: 'UK-I0000001',
        net: 28000,
        lines: [{ lineNo: 1 }, { lineNo: 2 }],
      })
      .thenSays(JournalPosted, {
        rule: 'cost-of-goods.1',
        source: 'document-1',
        postingDate: '2010-12-01',
        entries: [
          { account: '5000', debit: 14000, credit: 0 },
          { account: '1200', debit: 0, credit: 14000 },
        ],
      })
      .thenNever(InvoicePosted);
  });
  it('is not a posted invoice before the ERP says so', () => {
    entity().when(anInvoiceDrafted()).thenState(ref('document', 'document-1'), { status: 'submitted' });
  });
  it('comes again and gets no second number', () => {
    entity()
      .given(anInvoiceDrafted())
      .when({ ...anInvoiceDrafted(), id: 'another' })
      .thenIgnores('already-known')
      .when(anInvoiceDrafted('document-2'))
      .thenSays(PostToErp, { documentNo: 'UK-I0000002' });
  });
  it('of a credit memo counts in numbers of its own', () => {
    entity()
      .given(anInvoiceDrafted())
      .when(aCreditMemoDrafted())
      .thenSays(PostToErp, { documentNo: 'UK-C0000001', billing: 'credit-memo' })
      .thenSays(JournalPosted, {
        rule: 'return-cost.1',
        entries: [
          { account: '1200', debit: 2800 },
          { account: '5000', credit: 2800 },
        ],
      });
  });
  it('of charges has no cost journal', () => {
    entity()
      .when(anInvoiceDrafted('document-1', billed([aFreightLine(1, '15.00')]), 0))
      .thenNever(JournalPosted)
      .thenState(ref('book', 'CD-UK'), { journals: 0 });
  });
  it('whose totals are not those of its lines is refused before it takes a number', () => {
    const good = anInvoiceDrafted();
    entity()
      .when({ ...good, data: { ...good.data, net: good.data.net + 1 } })
      .thenRejects('journal-unbalanced')
      .thenState(ref('numbering', 'CD-UK'), { invoice: 0 });
  });
  it('of an entity that is not known yet waits', () => {
    scenario(ledger).when(anInvoiceDrafted()).thenDefers('entity-unknown');
  });
});

describe('the ERP', () => {
  const asked = () => entity().given(anInvoiceDrafted());

  it('posts: the sale stands in the ledger and everyone hears its number', () => {
    const books = asked();
    books
      .when(anAnswerTo(question(books)))
      .thenSays(InvoicePosted, {
        documentNo: 'UK-I0000001',
        erpDocumentNo: 'ERP-UK-I0000001',
        gross: 33000,
        lines: [
          { lineNo: 1, quantity: 10, net: 25000, tax: 5000 },
          { lineNo: 2, quantity: 1, net: 3000, tax: 0 },
        ],
      })
      .thenSays(JournalPosted, {
        rule: 'sales-invoice.1',
        entries: [
          { account: '1100', debit: 33000 },
          { account: '4000', credit: 25000 },
          { account: '4050', credit: 3000 },
          { account: '2100', credit: 5000 },
        ],
      });
  });
  it('says so twice and it is posted once', () => {
    const books = asked();
    const answer = anAnswerTo(question(books));
    books
      .given(answer)
      .when({ ...answer, id: 'another' })
      .thenIgnores('nothing-to-do');
  });
  it('posts a credit memo', () => {
    const books = entity().given(aCreditMemoDrafted());
    books
      .when(anAnswerTo(question(books)))
      .thenSays(CreditMemoPosted, { documentNo: 'UK-C0000001', billing: 'credit-memo' })
      .thenSays(JournalPosted, {
        rule: 'credit-memo.1',
        entries: [
          { account: '4110', debit: 5000 },
          { account: '2100', debit: 1000 },
          { account: '1100', credit: 6000 },
        ],
      });
  });
  it('numbers a document of nothing too; only its cost is a journal', () => {
    const books = entity().given(anInvoiceDrafted('document-1', billed([aLine(1, { unitPrice: '0' })])));
    books
      .when(anAnswerTo(question(books)))
      .thenSays(InvoicePosted, { gross: 0, erpDocumentNo: 'ERP-UK-I0000001' })
      .thenNever(JournalPosted);
  });
  it('that answers without a number has not answered', () => {
    const books = asked();
    const { erpDocumentNo: _, ...data } = anAnswerTo(question(books)).data;
    books
      .when({ ...anAnswerTo(question(books)), data })
      .thenAccepts()
      .thenNever(InvoicePosted)
      .thenState(ref('document', 'document-1'), { status: 'submitted' });
  });
  it('that does not answer opens a case, and its late answer ends it', () => {
    const books = asked();
    const asking = question(books);
    books.given(anAnswerTo(asking, { outcome: 'unanswered', text: 'timed out' }));
    const [open] = books.outputs.flatMap((output) => ('change' in output ? [output.on] : []));
    books.thenState(open!, { status: 'open', reason: 'posting-unanswered', text: 'timed out' });
    books.given(anAnswerTo(asking)).thenState(open!, { status: 'resolved' });
  });
});

describe('a posting that the ERP refuses', () => {
  const refused = () => {
    const books = entity().given(anInvoiceDrafted());
    const asking = question(books);
    return { asking, books: books.given(anAnswerTo(asking, { outcome: 'refused', text: 'period is closed' })) };
  };
  const retry = heard(RetryPosting, { documentId: 'document-1', entity: 'CD-UK', lineCount: 2 });

  it('is told, and keeps its number', () => {
    refused()
      .books.thenSays(PostingRefused, { documentNo: 'UK-I0000001', text: 'period is closed' })
      .thenState(ref('document', 'document-1'), { status: 'refused' });
  });
  it('is asked again when a person says so, whole and under the same number', () => {
    const { books, asking } = refused();
    books.when(retry).thenAnswers({ status: 'submitted' });
    expect(question(books)).toEqual(asking);
    books.when(anAnswerTo(asking)).thenSays(InvoicePosted, { documentNo: 'UK-I0000001' });
  });
  it('is not asked twice at once', () => {
    refused()
      .books.given(retry)
      .when({ ...retry, id: 'another' })
      .thenIgnores('nothing-to-do');
  });
});

describe('a document of 5,000 lines', () => {
  it('is posted whole', () => {
    const lines = billed(Array.from({ length: 5000 }, (_, index) => aLine(index + 1, { quantity: 1 })));
    const books = entity().given(anInvoiceDrafted('document-1', lines));
    const asking = question(books);
    expect(asking.lines).toHaveLength(5000);
    books.when(anAnswerTo(asking));
    expect(books.said(InvoicePosted)[0]?.lines).toHaveLength(5000);
  });
});
