/** Reason codes of order capture: what is checked. */
import { reason } from './reason.js';

export const CAPTURE_REASONS = {
  'schema-violation': reason(
    'The document is not of the agreed form.',
    'The body breaks the JSON Schema of its contract.',
    'Correct the named field and send it again.',
  ),
  'unknown-customer': reason(
    'We do not know this customer account.',
    'No customer-changed event for the account was seen.',
    'Create the account in the ERP or correct the number, then retry.',
    true,
  ),
  'customer-on-hold': reason(
    'The customer account is on hold.',
    'Customer status is hold.',
    'Ask credit control to release the account, then retry.',
    true,
  ),
  'customer-blocked': reason(
    'The customer account is blocked or closed.',
    'Customer status is blocked or closed.',
    'Clear it with the account owner.',
  ),
  'credit-limit-exceeded': reason(
    "The order goes beyond the customer's credit limit.",
    "creditUsed + gross > creditLimit in the account's lane.",
    'Raise the limit or wait for payment, then retry.',
    true,
  ),
  'price-not-eligible': reason(
    'There is no agreed price for this item.',
    'No price list entry for list, item and currency.',
    'Agree a price in the ERP, then retry.',
    true,
  ),
  'price-not-agreed': reason(
    'The price sent is not the agreed one.',
    'Sent unit price differs from the price list.',
    'Correct the price or the agreement, then retry.',
    true,
  ),
  'ship-to-restricted': reason(
    'We may not ship to this country for this customer.',
    "shipTo.country is not among the account's countries.",
    'Use another ship-to or lift the restriction.',
  ),
  'tax-context-missing': reason(
    'The tax for this destination is not known.',
    'The legal entity has no rate for country and category.',
    'Maintain the tax rate in the ERP, then retry.',
    true,
  ),
  'insufficient-availability': reason(
    'There is not enough stock and the order may not wait.',
    'Availability of the channel is below the demand and backorders are refused.',
    'Reduce the quantity or allow backorders.',
    true,
  ),
  'unknown-item': reason(
    'We do not know this item.',
    'No item-changed event for the item was seen.',
    'Correct the item number or create the item, then retry.',
    true,
  ),
  'item-blocked': reason('This item is not sold at present.', 'Item status is blocked.', 'Choose another item.'),
  'unknown-node': reason(
    'We do not know this warehouse.',
    'No node-changed event for the node was seen, or it is closed.',
    'Correct the node.',
    true,
  ),
  'no-node-for-item': reason(
    'No warehouse stocks this item.',
    'The item names no node and the line neither.',
    "Maintain the item's nodes, then retry.",
    true,
  ),
  'quantity-not-positive': reason('A quantity must be more than zero.', 'quantity <= 0.', 'Correct the quantity.'),
  'fraction-of-unit': reason(
    "This item can't be ordered in fractions.",
    'Quantity in base units is not whole.',
    'Order whole units.',
  ),
  'unit-unknown': reason(
    'The item is not sold in this unit.',
    'No conversion from the unit to the base unit.',
    'Use a unit of the item.',
  ),
  'quantity-unreadable': reason(
    "The quantity can't be read.",
    'Not a plain decimal within bounds.',
    'Correct the quantity.',
  ),
  'wrong-currency': reason(
    "The order is not in the account's currency.",
    "currency differs from the customer's.",
    "Send the order in the account's currency.",
  ),
  'requested-date-past': reason(
    'The requested date is in the past.',
    'requestedDate is before the day of receipt.',
    'Ask for a later date.',
  ),
  'date-too-far-ahead': reason(
    'The date of the document lies too far ahead.',
    'The business date is more days after today than the setting allows.',
    'Correct the date.',
  ),
  'too-many-lines': reason(
    'The document has more lines than we take at once.',
    'Number of lines is above the limit of the setting.',
    'Split the document.',
  ),
  'duplicate-line-number': reason(
    'Two lines carry the same number.',
    'lineNo is not unique within the document.',
    'Number the lines.',
  ),
  'amount-out-of-range': reason(
    'An amount is too large.',
    'Amount is beyond safe integers of minor units.',
    'Correct price or quantity.',
  ),
  'document-changed': reason(
    'A document with this number is known with other content.',
    'Same tenant, channel and number, other content hash.',
    'Send changes as a change, or use a new number.',
  ),
  'already-known': reason(
    'We have this document already.',
    'Same tenant, channel, number and content hash.',
    'Nothing to do.',
  ),
  'duplicate-message': reason('We have done this already.', 'The message id stands in the inbox.', 'Nothing to do.'),
  'order-test': reason('Test orders are not taken.', 'The shop marks the order as test.', 'Place a real order.'),
  'order-cancelled-by-shop': reason(
    'The shop has already cancelled this order.',
    'cancelled_at is set.',
    'Nothing to do.',
  ),
};
