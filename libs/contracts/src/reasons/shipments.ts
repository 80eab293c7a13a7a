/** Reason codes of shipments and carriers. */
import { reason } from './reason.js';

export const SHIPMENTS_REASONS = {
  'fulfilment-unknown': reason(
    'There is no such fulfilment order.',
    'No state under this fulfilment id.',
    'Check the number.',
    true,
  ),
  'pick-above-release': reason(
    'More was picked than asked for.',
    'picked + short differs from the released quantity.',
    'Correct the confirmation.',
  ),
  'dispatch-above-pick': reason(
    'More was shipped than picked.',
    'Dispatched beyond picked quantity of a line.',
    'Correct the confirmation.',
  ),
  'line-unknown': reason(
    'The document names a line that is not there.',
    'lineNo is not part of the fulfilment order or order.',
    'Correct the line.',
  ),
  'wms-unanswered': reason(
    'The warehouse has not confirmed the request.',
    'request-fulfilment got no answer within its time.',
    'Check the WMS; retry goes on by itself.',
    true,
  ),
  'wms-refused': reason(
    'The warehouse refuses the request.',
    'Permanent refusal of request-fulfilment.',
    "Read the WMS' text.",
    true,
  ),
  'tracking-unknown': reason(
    'A carrier reports a package that we do not know.',
    'No shipment is linked to the tracking number yet.',
    'It is matched when the shipment is known; else check the number.',
    true,
  ),
  'carrier-delayed': reason('The carrier reports a delay.', 'Milestone DELAYED.', 'Tell the customer.'),
  'carrier-on-hold': reason('The carrier holds the package.', 'Milestone ON_HOLD.', 'Clear the hold with the carrier.'),
  'carrier-delivery-failed': reason(
    'The carrier could not deliver.',
    'Milestone DELIVERY_FAILED.',
    'Arrange another attempt.',
  ),
  'carrier-returning': reason(
    'The package is on its way back.',
    'Milestone RETURNING or RETURNED.',
    'Expect a return.',
  ),
  'carrier-exception': reason(
    'The carrier reports a problem with the package.',
    'Milestone EXCEPTION.',
    "Read the carrier's text.",
  ),
  'carrier-lost': reason('The carrier has lost the package.', 'Milestone LOST.', 'Open a claim.'),
  'carrier-cancelled': reason('The shipment was voided with the carrier.', 'Milestone CANCELLED.', 'Check the label.'),
  'code-not-mapped': reason(
    "A carrier's status is not known to us yet.",
    'No mapping row for the raw code; status UNKNOWN.',
    'Add the code to the mapping, then replay.',
    true,
  ),
  'carrier-corrected': reason(
    'The carrier has taken back a milestone, such as a delivery.',
    'A carrier message moved the tracker out of a terminal status.',
    'Tell the customer and ask the carrier where the package is.',
  ),
  'carrier-contradicts': reason(
    "The carrier's reports contradict each other.",
    'Two terminal milestones, or delivered after returning, for one package.',
    'Ask the carrier which one is true.',
  ),
};
