/** Reason codes of X12 and EDIFACT documents: envelope, counts and content. */
import { reason } from './reason.js';

export const EDI_REASONS = {
  'envelope-unreadable': reason(
    "The file can't be read as an EDI document.",
    'No interchange header (ISA, UNA, UNB) begins the bytes, or it is cut short.',
    'Ask the partner to send the file again.',
  ),
  'envelope-incomplete': reason(
    'The file is not whole.',
    'A header or trailer of interchange, group or message is missing.',
    'Ask the partner to send the file again.',
  ),
  'count-differs': reason(
    'A number that the document says about itself is not true.',
    'SE01, GE01, IEA01, CTT01, UNT01, UNE01, UNZ01 or CNT differs from what was counted.',
    'Compare both numbers; the partner corrects and sends again, or an operator releases the document.',
  ),
  'control-number-differs': reason(
    'Beginning and end of the document carry different numbers.',
    'A control number of a trailer is not that of its header.',
    'Ask the partner to correct and send again.',
  ),
  'control-number-repeated': reason(
    'A number that must be used once was used again.',
    'ISA13 or UNB05 stands twice in the file, or ST02 or UNH01 twice in its group or interchange.',
    'Compare the two documents and discard one.',
  ),
  'message-unsupported': reason(
    'We do not take this kind of document.',
    'No translation for the message type.',
    'Agree the document with the partner, or add its translation.',
    true,
  ),
  'element-missing': reason(
    'The document lacks something that it must say.',
    'A mandatory element is empty or its segment is missing.',
    'Ask the partner to correct and send again.',
  ),
  'element-conditional': reason(
    'The document says one thing without another that belongs to it.',
    'A syntax note of the X12 segment (P, R, C or L) asks for the element because of others.',
    'Ask the partner to correct and send again.',
  ),
  'element-excluded': reason(
    'The document says two things of which it may say one.',
    'An exclusion (syntax note E) of the X12 segment is broken.',
    'Ask the partner to correct and send again.',
  ),
  'number-unreadable': reason(
    "A number in the document can't be read.",
    'The element is not a decimal number of its standard.',
    'Ask the partner to correct and send again.',
  ),
  'date-unreadable': reason(
    "A date or time in the document can't be read.",
    'The element does not have its format, or there is no such day.',
    'Ask the partner to correct and send again.',
  ),
  'too-many-faults': reason(
    'The document has so many faults that not all are listed.',
    'More than a hundred faults in one message or envelope.',
    'Ask the partner to correct and send again.',
  ),
  'code-unmapped': reason(
    "We do not know what one of the partner's codes means.",
    'No row for the code in the cross references of the partner nor in the table of the standard.',
    'Add the code to the cross references, then replay.',
    true,
  ),
};
