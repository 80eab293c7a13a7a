/** One correlation id from the request to the journal: what a decision says belongs to its cause's conversation or its own. */
import { accept, ignore, within } from '@crossdock/kernel';
import { input } from '@crossdock/testing';
import { NodeChanged } from '@crossdock/contracts';
import { threaded } from '../src/road/prepare.js';

const receipt = {
  ...input(NodeChanged, { node: 'DC1', entity: 'CD-UK', name: 'London', country: 'GB', status: 'active', version: 1 }),
  correlationId: 'receipt',
  batchId: 'night',
};

describe('the conversation of what is said', () => {
  it("is the cause's", () => {
    expect(threaded(receipt, accept())).toBe(receipt);
    expect(threaded(receipt, ignore('already-known'))).toBe(receipt);
  });

  it('is the one that the decision names: a receipt that fills an order moves the order', () => {
    const order = { correlationId: 'order', batchId: 'file' };
    expect(threaded(receipt, within(order, accept()))).toEqual({ ...receipt, ...order });
  });

  it("has no batch where the order has none, whatever the cause's", () => {
    const said = threaded(receipt, within({ correlationId: 'order' }, accept()));
    expect(said).toEqual({ ...receipt, correlationId: 'order', batchId: undefined });
    expect('batchId' in said).toBe(false);
  });
});
