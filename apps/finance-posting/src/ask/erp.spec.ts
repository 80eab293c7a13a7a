import { PostingAnswer, PostToErp, violationsOf, type PostToErpData } from '@crossdock/contracts';
import type { Outside } from '@crossdock/runtime';
import { aLine, heard } from '../domain/finance.builders.js';
import { postToErp } from './erp.js';

const { description: _, unit: _unit, ...line } = { description: '', ...aLine(1) };
const question: PostToErpData = {
  documentId: 'document-1',
  documentNo: 'UK-I0000001',
  billing: 'invoice',
  entity: 'CD-UK',
  account: '17850',
  currency: 'GBP',
  documentDate: '2010-12-01',
  orderNo: '536365',
  net: 25000,
  tax: 5000,
  gross: 30000,
  lines: [line],
};
const asked = heard(PostToErp, question);
const settings = { erpUrl: 'http://erp.test' };

interface Call {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}
/** An ERP that answers with what it is given, and remembers what it was asked. */
const erp = (answer: unknown): { outside: Outside; calls: Call[] } => {
  const calls: Call[] = [];
  const outside: Outside = {
    attempt: 1,
    request: async <T>(method: string, url: string, body?: unknown, headers?: Record<string, string>) => {
      calls.push({ method, url, body, ...(headers ? { headers } : {}) });
      return answer as T;
    },
    find: async <T>(url: string) => {
      calls.push({ method: 'GET', url });
      return answer as T | undefined;
    },
  };
  return { outside, calls };
};

describe('asking the ERP to post', () => {
  it('sends the document under its id as idempotency key and reference', async () => {
    const { outside, calls } = erp({ reference: 'document-1', erpDocumentNo: '90000001' });
    expect(await postToErp.call(asked, outside, settings)).toEqual({
      reference: 'document-1',
      erpDocumentNo: '90000001',
    });
    expect(calls).toEqual([
      {
        method: 'POST',
        url: 'http://erp.test/erp/postings',
        headers: { 'Idempotency-Key': 'document-1' },
        body: expect.objectContaining({
          reference: 'document-1',
          kind: 'invoice',
          documentNo: 'UK-I0000001',
          documentDate: '2010-12-01',
          orderNo: '536365',
          gross: 30000,
          lines: [expect.objectContaining({ lineNo: 1, net: 25000, tax: 5000 })],
        }) as unknown,
      },
    ]);
  });
  it('looks whether it was posted before asking again', async () => {
    const known = erp({ reference: 'document-1', erpDocumentNo: '90000001' });
    expect(await postToErp.find?.(asked, known.outside, settings)).toEqual({
      reference: 'document-1',
      erpDocumentNo: '90000001',
    });
    expect(known.calls[0]?.url).toBe('http://erp.test/erp/postings?reference=document-1');
    expect(await postToErp.find?.(asked, erp(undefined).outside, settings)).toBeUndefined();
  });
  it.each([
    {},
    { reference: 'document-1' },
    { reference: 'document-1', erpDocumentNo: '' },
    { reference: 'other', erpDocumentNo: '1' },
  ])('takes %j for no answer', async (answer) => {
    await expect(postToErp.call(asked, erp(answer).outside, settings)).rejects.toThrow('does not say what it posted');
  });
  it('tells the ledger what came of it, with what the ledger must load', () => {
    const done = postToErp.answer(asked, {
      outcome: 'done',
      result: { reference: 'document-1', erpDocumentNo: '90000001' },
    });
    expect(done).toEqual({
      documentId: 'document-1',
      entity: 'CD-UK',
      documentDate: '2010-12-01',
      lineCount: 1,
      outcome: 'done',
      erpDocumentNo: '90000001',
    });
    const refused = postToErp.answer(asked, { outcome: 'refused', text: 'x'.repeat(2000) });
    for (const answer of [done, refused]) expect(violationsOf(PostingAnswer.dataClass, answer, 'strict')).toEqual([]);
  });
});
