/** A document that a trading partner sent: booked like one of the door's, and answered by an event. */
import { accept, say, type Decision, type Input, type Output, type Refusal } from '@crossdock/kernel';
import { DocumentBooked, type TakeReceiptData } from '@crossdock/contracts';
import { receipt } from './decide-goods.js';
import type { Stock } from './kinds.js';

const answered = ({ data }: Input<TakeReceiptData>, refusals: readonly Refusal[] = []): Output => {
  const { sourceId, channel, node, documentNo } = data;
  const outcome = refusals.length > 0 ? 'refused' : 'done';
  const told = refusals.map((refusal) => ({ ...refusal }));
  return say(DocumentBooked, { sourceId, channel, node, documentNo, outcome, refusals: told });
};

export const takeReceipt = (input: Input<TakeReceiptData>, stock: Stock): Decision => {
  const decision = receipt(input, stock);
  switch (decision.kind) {
    case 'accept':
      return accept(decision.outputs, answered(input));
    case 'ignore': // it stands in the ledger already, by whatever message
      return accept(answered(input));
    case 'reject':
      return accept(answered(input, decision.refusals));
    default:
      return decision;
  }
};
