import {
  BackorderCreated,
  NoteOrder,
  OrderAccepted,
  OrderAllocated,
  OrderCancelled,
  OrderCreated,
  OrderRejected,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { anAnsweredLine, anOrderAccepted, anOrderCreated, aPricedLine } from './document.builders.js';
import { partnerOrders } from './decide.js';

const OF = { orderId: 'O1', orderNo: 'PO-1', account: 'C1' };
const line = aPricedLine();
const created = (channel: string) => input(OrderCreated, anOrderCreated(channel));
const accepted = (lines = [line]) => input(OrderAccepted, anOrderAccepted({ lines }));
const allocated = input(OrderAllocated, { ...OF, lines: [{ lineNo: 1, item: 'TEA', quantity: 6 }] });
const short = input(BackorderCreated, { ...OF, lines: [{ lineNo: 1, item: 'TEA', quantity: 4, node: 'DC1' }] });

describe("what becomes of a partner's order", () => {
  it('is carried to its partner, and of nobody else', () => {
    const story = scenario(partnerOrders);
    story.when(created('api'));
    expect(story.said(NoteOrder)).toEqual([]);
    story.when(accepted()).thenIgnores('not-of-a-partner');
    const own = scenario(partnerOrders).when(created('partner-ACME'));
    expect(own.said(NoteOrder)).toMatchObject([{ partner: 'ACME', orderId: 'O1', what: 'taken' }]);
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

  it('that was changed is told of the order in its place; what was not answered yet is, as it was taken', () => {
    const cancelled = input(OrderCancelled, { ...OF, reason: 'changed', lines: [], replacedBy: 'O2' });
    const early = scenario(partnerOrders).given(created('partner-ACME')).when(cancelled);
    expect(early.said(NoteOrder)).toMatchObject([{ orderId: 'O1', what: 'answered', lines: [anAnsweredLine()] }]);
    const late = scenario(partnerOrders).given(created('partner-ACME'), accepted(), allocated);
    late.when(cancelled).thenIgnores('nothing-to-do');
    const replaces = { orderId: 'O1', orderNo: 'PO-1', amendmentId: 'D2' };
    late.when(input(OrderCreated, { ...anOrderCreated('partner-ACME'), orderId: 'O2', orderNo: 'PO-1.R2', replaces }));
    expect(late.said(NoteOrder)).toMatchObject([{ orderId: 'O2', what: 'taken', replaces }]);
  });

  it('of charges only is answered when it is accepted', () => {
    const story = scenario(partnerOrders).given(created('partner-ACME'));
    story.when(accepted([{ ...line, kind: 'freight' }]));
    expect(story.said(NoteOrder)).toHaveLength(1);
  });
});
