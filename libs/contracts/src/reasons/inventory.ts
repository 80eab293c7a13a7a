/** Reason codes of stock. */
import { reason } from './reason.js';

export const INVENTORY_REASONS = {
  'released-before-reserve': reason(
    'The order was released before it reserved.',
    'A tombstone stands for the order at the node.',
    'Nothing to do.',
  ),
  'hold-unknown-yet': reason(
    'The hold is not here yet.',
    'allocate, pick or issue overtook its reserve.',
    'Nothing to do; it waits by itself.',
  ),
  'not-enough-stock': reason(
    'There is less stock than that.',
    'Effect would take a bucket below zero.',
    'Check the count.',
    true,
  ),
  'not-picked': reason(
    'More was issued than was picked.',
    'picked bucket would fall below zero.',
    'Check the pick and ship confirmations.',
    true,
  ),
  'pick-short': reason(
    'The warehouse did not find goods that the books have.',
    'Units of a short pick stay on the books as unfound; they are not sold.',
    'Count the item; the count decides and ends this.',
  ),
  'pick-above-books': reason(
    'The warehouse picked more than the books had.',
    'A pick exceeded sellable; the books were put right by a movement of their own.',
    'Count the item, and look at the adjustment before it.',
  ),
  'transfer-differs': reason(
    'Another quantity arrived than was sent.',
    'Received quantity of a transfer differs from what was in transit.',
    'Clear it with the sending node.',
  ),
  'receipt-differs': reason(
    'Other goods came in than were advised.',
    'Received quantities of an inbound advice differ from those that were told to be on their way.',
    'Clear it with the sender; the case ends when the rest comes. Discard it when nothing more will come.',
  ),
  'stock-differs': reason(
    "A partner's report of stock differs from our books.",
    'Reported on hand differs from sellable, picked and quarantine of positions at the node.',
    'Look at the causes; have shipments and receipts told that are missing, count the rest. The next report decides.',
  ),
  'count-overtaken': reason(
    'Too much has moved since this count.',
    'Movements after the count are no longer known one by one.',
    'Count again.',
  ),
  'nothing-to-transfer': reason(
    'The order holds less than that, or the other one waits for less.',
    'Soft claim or queue entry is below the quantity.',
    "Look at both orders' claims.",
  ),
  'too-many-items': reason(
    'Too many items are asked for at once.',
    'More items than the limit of one inquiry.',
    'Ask in parts.',
  ),
  'same-node': reason(
    'A transfer must go to another warehouse.',
    'toNode is the node itself.',
    'Correct the destination.',
  ),
  'transfer-unknown': reason(
    'There is no such transfer here.',
    'Nothing in transit under this transfer.',
    'Check the transfer number.',
    true,
  ),
  'document-repeated': reason(
    'This stock document was booked already.',
    'Natural key of the movement exists.',
    'Nothing to do.',
  ),
};
