import { anOrderRequest, aPostingRequest } from './erp.builders.js';
import { OrderBook, type OrderRequest } from './orders.js';
import { contentMark, PostingBook, type PostingRequest } from './postings.js';

const erp = () => {
  const orders = new OrderBook(200);
  const postings = new PostingBook();
  return {
    orders,
    postings,
    register: (key: string, request: Partial<OrderRequest>) => {
      const verdict = orders.register(key, contentMark(request), request);
      if ('entry' in verdict) orders.apply(verdict.entry);
      return 'refusal' in verdict
        ? verdict.refusal.code
        : 'entry' in verdict
          ? verdict.entry.order.erpOrderNo
          : verdict.known.erpOrderNo;
    },
    post: (key: string, request: Partial<PostingRequest>) => {
      const verdict = postings.post(key, contentMark(request), request, '2026-11-21T10:00:00.000Z');
      if ('entry' in verdict) postings.apply(verdict.entry);
      return 'refusal' in verdict
        ? verdict.refusal.code
        : 'entry' in verdict
          ? verdict.entry.posting.erpDocumentNo
          : verdict.known.erpDocumentNo;
    },
  };
};
const lines = (count: number) => Array.from({ length: count }, (_, at) => ({ lineNo: at + 1 }));

describe('sales orders of the ERP', () => {
  it('get a number each', () => {
    const { register } = erp();
    const first = register('key-1', anOrderRequest());
    expect(register('key-2', anOrderRequest({ reference: 'order-2' }))).toBe(String(Number(first) + 1));
  });

  it('keep their number, whether the key or only the reference is repeated', () => {
    const { register, orders } = erp();
    const no = register('key-1', anOrderRequest());
    expect(register('key-1', anOrderRequest())).toBe(no);
    expect(register('another-key', anOrderRequest())).toBe(no);
    expect(orders.all()).toHaveLength(1);
  });

  it('are refused when a key comes again with another body', () => {
    const { register } = erp();
    register('key-1', anOrderRequest());
    expect(register('key-1', anOrderRequest({ account: '99999' }))).toBe('key-reused');
  });

  it('are refused above the line limit, and taken in parts', () => {
    const { register, orders } = erp();
    expect(register('key', anOrderRequest({ lines: lines(201) }))).toBe('too-many-lines');
    const parts = [1, 2, 3].map((part) =>
      register(`key-${part}`, anOrderRequest({ part, parts: 3, lines: lines(200) })),
    );
    expect(new Set(parts).size).toBe(3);
    expect(orders.find('order-1').map(({ erpOrderNo }) => erpOrderNo)).toEqual(parts);
  });

  it('are cancelled in all their parts, and refused when they only come then', () => {
    const { register, orders } = erp();
    register('key-1', anOrderRequest({ part: 1, parts: 2 }));
    orders.apply({ type: 'cancelled', reference: 'order-1' });
    expect(orders.find('order-1').map(({ status }) => status)).toEqual(['cancelled']);
    expect(register('key-2', anOrderRequest({ part: 2, parts: 2 }))).toBe('order-cancelled');
  });

  it.each(['reference', 'orderNo', 'account', 'entity', 'currency', 'lines'])('are refused without %s', (field) => {
    expect(erp().register('key', { ...anOrderRequest(), [field]: undefined })).toBe('field-missing');
  });
});

describe('documents posted in the ERP', () => {
  it('get a number each, the same one whenever they come again', () => {
    const { post, postings } = erp();
    const no = post('key-1', aPostingRequest());
    expect(post('key-1', aPostingRequest())).toBe(no);
    expect(post('key-2', aPostingRequest())).toBe(no);
    expect(post('key-3', aPostingRequest({ reference: 'invoice-2', documentNo: 'INV-000002' }))).not.toBe(no);
    expect(postings.totals()).toEqual({ 'invoice/GBP': { documents: 2, net: 3060, tax: 612, gross: 3672 } });
  });

  it('must add up', () => {
    expect(erp().post('key', aPostingRequest({ gross: 1835 }))).toBe('sums-differ');
    expect(erp().post('key', aPostingRequest({ lines: [{ net: 1529, tax: 306 }] }))).toBe('sums-differ');
    expect(erp().post('key', aPostingRequest({ net: 15.3 }))).toBe('field-wrong');
  });

  it('may amount to nothing', () => {
    expect(erp().post('key', aPostingRequest({ net: 0, tax: 0, gross: 0, lines: [{ net: 0, tax: 0 }] }))).toMatch(
      /^\d+$/,
    );
  });

  it('never share a number, and never change', () => {
    const { post } = erp();
    post('key-1', aPostingRequest());
    expect(post('key-2', aPostingRequest({ reference: 'invoice-2' }))).toBe('number-taken');
    expect(post('key-3', aPostingRequest({ net: 1, tax: 0, gross: 1, lines: [{ net: 1, tax: 0 }] }))).toBe(
      'document-changed',
    );
  });
});
