/** Reason codes of order files. */
import { reason } from './reason.js';

export const FILES_REASONS = {
  'mixed-signs': reason(
    'The document both takes and gives quantities.',
    'Quantities of both signs under one document number.',
    'Split it into an order and a return.',
  ),
  'quantity-zero': reason('A quantity is zero.', 'Quantity 0 in a row.', 'Correct the row.'),
  'accounting-document': reason(
    'This is an accounting entry, not an order.',
    'Document number begins with A.',
    'Book it in the ERP.',
  ),
  'unreadable-row': reason(
    "A row can't be read.",
    'A row breaks the layout: columns, number, date.',
    'Correct the row and retry.',
    true,
  ),
  'rows-disagree': reason(
    'Rows of one document contradict each other.',
    'Account or country differs between rows of one document number.',
    'Correct the rows and send the file again.',
  ),
  'document-kind-unknown': reason(
    'The document number is of no known form.',
    'Neither digits, C and digits, nor A and digits.',
    'Correct the document number.',
  ),
  'wrong-header': reason(
    'The file does not have the agreed columns.',
    'Header row differs from the layout.',
    'Send the file with the agreed header.',
  ),
};
