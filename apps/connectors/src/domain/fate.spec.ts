import {
  BackorderCreated,
  NoteOrder,
  OrderAccepted,
  OrderAllocated,
  OrderCreated,
  OrderRejected,
  type PricedLine,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { anAnsweredLine } from './document.builders.js';
import { partnerOrders } from './decide.js';

const OF = { orderId: 'O1', orderNo: 'PO-1', account: 'C1' };
const line: PricedLine = {
  lineNo: 1,
  kind: 'goods',
  item: 'TEA',
  quantity: 6,
  unit: 'EA',
  unitPrice: '2.55',
  net: 1530,
  taxPercent: '20',
  tax: 306,
};
const TERMS = { entity: 'UK', currency: 'GBP', orderDate: '2026-03-02' };
const created = (channel: string) =>
  input(OrderCreated, {
    ...OF,
    ...TERMS,
    channel,
    shipTo: { country: 'GB' },
    lines: [line],
    net: 1530,
    tax: 306,
    gross: 1836,
  });
const accepted = (lines = [line]) =>
  input(OrderAccepted, { ...OF, ...TERMS, country: 'GB', erpOrderNos: ['E1'], lines });
const allocated = input(OrderAllocated, { ...OF, lines: [{ lineNo: 1, item: 'TEA', quantity: 6 }] });
const short = input(BackorderCreated, { ...OF, lines: [{ lineNo: 1, item: 'TEA', quantity: 4, node: 'DC1' }] });

describe("what becomes of a partner's order", () => {
  it('is carried to its partner, and of nobody else', () => {
    const story = scenario(partnerOrders);
    story.when(created('api')).thenIgnores('not-of-a-partner');
    story.when(accepted()).thenIgnores('not-of-a-partner');
    story.when(created('partner-ACME'));
    expect(story.said(NoteOrder)).toMatchObject([{ partner: 'ACME', orderId: 'O1', what: 'taken' }]);
  });

  it('refused before it existed is told by its channel', () => {
    const refusals = [{ reason: 'unknown-item', field: 'lines[0].item' }];
    const story = scenario(partnerOrders).when(input(OrderRejected, { ...OF, channel: 'partner-ACME', refusals }));
    expect(story.said(NoteOrder)).toMatchObject([{ partner: 'ACME', what: 'refused', refusals }]);
  });

  it('is answered once, when its lines are held', () => {
    const story = scenario(partnerOrders).given(created('partner-ACME'), accepted()).when(allocated);
    expect(story.said(NoteOrder)).toMatchObject([{ what: 'answered', lines: [anAnsweredLine()] }]);
    story.when(short).thenIgnores('nothing-to-do');
  });

  it('says what waits for stock', () => {
    const story = scenario(partnerOrders).given(created('partner-ACME'), accepted()).when(short);
    expect(story.said(NoteOrder)).toMatchObject([{ lines: [anAnsweredLine({ backordered: 4 })] }]);
  });

  it('of charges only is answered when it is accepted', () => {
    const story = scenario(partnerOrders).given(created('partner-ACME'));
    story.when(accepted([{ ...line, kind: 'freight' }]));
    expect(story.said(NoteOrder)).toHaveLength(1);
  });
});
