/** What partners acknowledge of what we sent: accepted, rejected, or nothing within the time that was agreed. */
import { accept, change, ignore, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import type { PartnerDispatch, TakeDocumentData } from '@crossdock/contracts';
import { changed, dispatchCase, raised, stepped, touchesDispatch } from './decide-dispatch.js';
import { dispatchRef } from './dispatch.js';
import type { PartnerStates } from './touched.js';
import { warehouseOrderAnswered } from './warehouse-order.js';

export const touchesDue = touchesDispatch;
export const dispatchDue = ({ data, at }: Input<PartnerDispatch>, states: PartnerStates): Decision => {
  const dispatch = states.dispatch(data.dispatchId);
  if (dispatch.status !== 'sent') return ignore('nothing-to-do');
  const text = `not acknowledged within ${dispatch.acknowledgedWithinHours ?? 0} hours`;
  return accept(
    changed(data.dispatchId, { type: 'dispatch-overdue', at }),
    raised(dispatch, at, 'acknowledgement-overdue', text),
    stepped(dispatch, 'overdue'),
  );
};

type Acknowledging = Pick<TakeDocumentData, 'acknowledges'>;
export const touchesAcknowledged = ({ acknowledges = [] }: Acknowledging): readonly Ref[] =>
  acknowledges.flatMap(({ dispatchId }) => [dispatchRef(dispatchId), dispatchCase(dispatchId)]);

/**
 * What an acknowledgement says of documents of ours; a second word on the same one changes nothing, unless a document
 * that was read well (997, CONTRL) is refused by what works on it (824).
 */
export const acknowledged = (
  { acknowledges = [] }: Acknowledging,
  states: PartnerStates,
  at: string,
): readonly Output[] =>
  acknowledges.flatMap(({ dispatchId, accepted, text }): readonly Output[] => {
    const dispatch = states.dispatch(dispatchId);
    if (dispatch.status !== 'sent' && (accepted || dispatch.status !== 'acknowledged')) return [];
    const fact = changed(dispatchId, { type: 'dispatch-answered', at, accepted, text });
    if (!accepted)
      return [
        fact,
        raised(dispatch, at, 'rejected-by-partner', text),
        stepped(dispatch, 'rejected'),
        ...warehouseOrderAnswered(dispatch, 'refused', text),
      ];
    const over = change(dispatchCase(dispatchId), { type: 'case-ended', how: 'resolved', at });
    return [fact, over, stepped(dispatch, 'acknowledged'), ...warehouseOrderAnswered(dispatch, 'done')];
  });
