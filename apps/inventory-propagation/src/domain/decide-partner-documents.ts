/** A document that a trading partner sent: booked like one of the door's, and answered by an event. */
import { accept, say, type Decision, type Input, type Output, type Refusal } from '@crossdock/kernel';
import {
  DocumentBooked,
  type TakeInboundAdviceData,
  type TakeReceiptData,
  type TakeStockReportData,
} from '@crossdock/contracts';
import { takeReport } from './decide-comparison.js';
import { receive } from './decide-goods.js';
import { inboundOf, inboundOutputs, takeInbound } from './decide-inbound.js';
import { shiftedBy, type InboundFact } from './inbound.js';
import type { Stock } from './kinds.js';

type Told = Pick<TakeReceiptData, 'sourceId' | 'channel' | 'node' | 'documentNo'>;
const answered = (
  { sourceId, channel, node, documentNo }: Told,
  decision: Decision,
  more: readonly Output[] = [],
): Decision => {
  const told = (refusals: readonly Refusal[] = []): Output => {
    const outcome = refusals.length > 0 ? 'refused' : 'done';
    const named = refusals.map((refusal) => ({ ...refusal }));
    return say(DocumentBooked, { sourceId, channel, node, documentNo, outcome, refusals: named });
  };
  switch (decision.kind) {
    case 'accept':
      return accept(decision.outputs, more, told());
    case 'ignore': // it stands in the ledger already, by whatever message
      return accept(told());
    case 'reject':
      return accept(told(decision.refusals));
    default:
      return decision;
  }
};

/** Where it names what was on its way, that is on its way no more. */
export const takeReceipt = (input: Input<TakeReceiptData>, stock: Stock): Decision => {
  const { data } = input;
  const inbound = inboundOf(data, stock);
  const lines = data.lines.map(({ item, quantity }) => ({ item, quantity }));
  const fact: InboundFact = { type: 'goods-received', lines };
  const shifts = inbound ? shiftedBy(inbound, fact) : new Map<string, number>();
  const more = inbound ? inboundOutputs(input, inbound, fact, stock) : [];
  return answered(data, receive(input, stock, shifts), more);
};
export const takeInboundAdvice = (input: Input<TakeInboundAdviceData>, stock: Stock): Decision =>
  answered(input.data, takeInbound(input, stock));
export const takeStockReport = (input: Input<TakeStockReportData>, stock: Stock): Decision =>
  answered(input.data, takeReport(input, stock));
