import { DocumentBooked, MovementRecorded, TakeReceipt } from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { stock } from './decide.js';
import { positionRef } from './position.js';
import { aReceipt, line, NODE } from './stock.builders.js';

const TEA = positionRef(NODE, 'TEA');
const taken = (quantity: number, id = 'm1', sourceId = 'D1') => {
  const { data } = aReceipt('LOGIS/R1', [line('TEA', quantity)]);
  return input(TakeReceipt, { ...data, channel: 'partner-LOGIS', sourceId }, { id });
};

describe('a receipt that a partner tells of', () => {
  it('is booked like any other and answered', () => {
    scenario(stock)
      .when(taken(10))
      .thenSays(MovementRecorded, { movement: 'receipt-posted', documentNo: 'LOGIS/R1' })
      .thenSays(DocumentBooked, { sourceId: 'D1', channel: 'partner-LOGIS', outcome: 'done', refusals: [] })
      .thenState(TEA, { sellable: 10 });
  });

  it('again in another document is in the ledger already', () => {
    scenario(stock)
      .given(taken(10))
      .when(taken(10, 'm2', 'D2'))
      .thenSays(DocumentBooked, { sourceId: 'D2', outcome: 'done' })
      .thenNever(MovementRecorded)
      .thenState(TEA, { sellable: 10 });
  });

  it('with other content under its number is refused by an event, because nobody waits', () => {
    const floor = scenario(stock)
      .given(taken(10))
      .when(taken(11, 'm2', 'D2'));
    floor.thenSays(DocumentBooked, { outcome: 'refused', refusals: [{ reason: 'document-changed' }] });
    expect(floor.decision.kind).toBe('accept');
    floor.thenState(TEA, { sellable: 10 });
  });
});
