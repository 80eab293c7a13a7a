import { REASONS, SubmitOrder, type CaseState } from '@crossdock/contracts';
import { retries } from './retries.js';

const found = (reason: string, content: unknown): CaseState => ({ reason, content }) as CaseState;

describe('a retry', () => {
  it('puts in the document as it was read, marked as parked before', () => {
    const data = { documentNo: '1' };
    expect(retries['unknown-item']?.(found('unknown-item', { contract: SubmitOrder.type, data }))).toEqual({
      contract: SubmitOrder,
      data: { documentNo: '1', parked: true },
    });
  });
  it('is not possible without a document', () => {
    expect(retries['unknown-item']?.(found('unknown-item', { layout: 'uci', rows: [] }))).toBeUndefined();
    expect(retries['unreadable-row']).toBeUndefined();
  });
  it('exists for reasons of the catalogue only', () => {
    expect(Object.keys(retries).filter((reason) => !(reason in REASONS))).toEqual([]);
  });
});
