import type { CanonicalDocument } from '../canonical/document.js';
import { amendmentIn, idleIn } from './amendment.js';

const order = (purpose?: string): CanonicalDocument => ({
  kind: 'order',
  data: { number: 'PO-1', lines: [], ...(purpose ? { purpose } : {}) },
});

describe('what a document asks of an earlier order', () => {
  it('is its cancellation, with what the partner said of it', () => {
    const data = { number: 'CAN-1', orderNumber: 'PO-1', reason: 'too late', notes: ['sorry'] };
    expect(amendmentIn({ kind: 'order-cancellation', data })).toEqual({
      orderNumber: 'PO-1',
      wish: 'cancel',
      reason: 'too late; sorry',
    });
  });

  it('is a change', () => {
    const data = { number: 'CHG-1', orderNumber: 'PO-1', lines: [] };
    expect(amendmentIn({ kind: 'order-change', data })).toMatchObject({ orderNumber: 'PO-1', wish: 'change' });
  });

  it('is of a release where it names one', () => {
    const about = { references: [{ kind: 'release', number: '7' }], lines: [] };
    const numbers = [
      amendmentIn({ kind: 'order-change', data: { ...about, number: 'CHG-1', orderNumber: 'PO-1' } }),
      amendmentIn({ kind: 'order-cancellation', data: { ...about, number: 'CAN-1', orderNumber: 'PO-1' } }),
      amendmentIn({ kind: 'order', data: { ...about, number: 'PO-1', purpose: 'cancel' } }),
    ].map((amendment) => amendment?.orderNumber);
    expect(numbers).toEqual(['PO-1-7', 'PO-1-7', 'PO-1-7']);
  });

  it.each([
    [undefined, undefined],
    ['original', undefined],
    ['confirmation', undefined],
    ['duplicate', undefined],
    ['cancel', 'cancel'],
    ['replace', 'change'],
    ['change', 'change'],
    ['constructor', undefined],
  ])('of an order document with the purpose %s is %s', (purpose, wish) => {
    expect(amendmentIn(order(purpose))?.wish).toBe(wish);
  });

  it('as a simulation or for information alone asks for nothing, and is neither an order nor a change', () => {
    for (const purpose of ['simulation', 'information']) {
      expect(amendmentIn(order(purpose))).toBeUndefined();
      expect(idleIn(order(purpose))).toBe(`order PO-1 is sent as ${purpose} alone: nothing is to be done`);
    }
  });

  it('of a shop that is not paid, or over, asks for nothing and says why', () => {
    expect(['pending', 'over'].map((purpose) => amendmentIn(order(purpose)))).toEqual([undefined, undefined]);
    expect(idleIn(order('pending'))).toMatch(/not paid/);
    expect(idleIn(order('over'))).toMatch(/over/);
    expect(idleIn(order('original'))).toBeUndefined();
  });
});
