/** Reason codes of invoices and ledger. */
import { reason } from './reason.js';

export const FINANCE_REASONS = {
  'terms-unknown-yet': reason(
    "The order's terms are not here yet.",
    'shipment-dispatched overtook order-accepted.',
    'Nothing to do; it waits by itself.',
  ),
  'billed-already': reason(
    'This shipment is billed already.',
    'Natural key of the billing ledger exists.',
    'Nothing to do.',
  ),
  'billing-above-order': reason(
    'More would be billed than was ordered.',
    "Cumulated quantity of a line is above the order's.",
    'Check the shipment.',
  ),
  'cost-unknown': reason(
    'The cost of an item is not known.',
    'No item-changed event for the item was seen.',
    'Maintain the item, then retry.',
    true,
  ),
  'entity-unknown': reason(
    'The legal entity is not known.',
    'No entity-changed event for the entity was seen.',
    'Maintain the entity, then retry.',
    true,
  ),
  'journal-unbalanced': reason(
    'A journal does not balance.',
    'Sum of debits differs from sum of credits.',
    'Report it; nothing was posted.',
  ),
  'posting-refused': reason(
    'The ERP refuses to post a document.',
    'Permanent refusal of post-to-erp.',
    'Correct the cause in the ERP, then retry.',
    true,
  ),
  'posting-unanswered': reason(
    'The ERP has not confirmed a posting.',
    'post-to-erp got no answer within its time.',
    'Check the ERP; retry goes on by itself.',
    true,
  ),
};
