/** Reason codes of trading partners' documents: doors, translation, agreements, mapping, what is sent back. */
import { reason } from './reason.js';

export const CONNECTORS_REASONS = {
  'format-unknown': reason(
    'We can not tell what kind of document this is.',
    'The first bytes are of no standard that is read.',
    'Ask the sender what it is; discard it or have it sent in a known format.',
  ),
  'document-too-large': reason(
    'The document is larger than we read.',
    'Archived bytes are more than CROSSDOCK_TRANSLATE_LIMIT_BYTES.',
    'Have it sent in parts, or raise the limit and replay it.',
    true,
  ),
  'no-document-found': reason(
    'There is no document in this file.',
    'The interchange holds no transaction set.',
    'Ask the sender; discard it.',
  ),
  'translation-failed': reason(
    'The document could not be read.',
    'A translation threw: a defect of ours; the bytes are kept.',
    'Report it with the file id, then replay it.',
    true,
  ),
  'partner-unknown': reason(
    'We do not know the sender.',
    'No partner carries the identifier of the envelope on that day, and the door named none.',
    'Register the partner or its identifier, then replay the file.',
    true,
  ),
  'partner-blocked': reason(
    'We take nothing from this partner at present.',
    'Status of the partner is blocked.',
    'Unblock the partner, then replay.',
    true,
  ),
  'agreement-missing': reason(
    'This kind of document is not agreed with the partner.',
    'No agreement for standard, type and direction holds on the day of receipt.',
    'Register the agreement, then replay.',
    true,
  ),
  'release-not-agreed': reason(
    'The partner sent another version of the standard than agreed.',
    'Release of the document differs from the agreement.',
    'Change the agreement or have it sent in the agreed release, then replay.',
    true,
  ),
  'fetch-refused': reason(
    'The shop does not give out the order that it told us of.',
    'The API of the shop answered 4xx, or its connection is not set up (CROSSDOCK_SHOP_CONNECTIONS).',
    'Look at the order and at the credentials in the shop, then replay it.',
    true,
  ),
  'fetch-unanswered': reason(
    'The shop told us of an order and does not answer.',
    'The API of the shop has not answered within the time of the question; it is asked on.',
    'Look at the shop; nothing is lost, the order is fetched when it answers.',
  ),
  'not-mappable': reason(
    'We can read this document but do not know what it asks of us.',
    'The translation gave no canonical document.',
    'Nothing is lost; discard it, or replay it when a mapping exists.',
    true,
  ),
  'mapping-failed': reason(
    'The document could not be put into our own numbers.',
    'The mapping threw: a defect of ours.',
    'Report it with the document id, then replay it.',
    true,
  ),
  'cross-reference-missing': reason(
    "A code of the partner's is not known to us.",
    'No cross reference of the list holds for the code on the day of receipt.',
    'Add the cross reference, then replay.',
    true,
  ),
  'customer-unmapped': reason(
    'It is not clear for which of our accounts this is.',
    'No customer reference for the parties, and the agreement names no account.',
    'Add the customer reference or the account of the agreement, then replay.',
    true,
  ),
  'currency-missing': reason(
    'Neither the document nor the agreement names a currency.',
    'No CUR, CUX or DocumentCurrencyCode, and no currency in the agreement.',
    'Set the currency of the agreement, then replay.',
    true,
  ),
  'value-unmappable': reason(
    'A value of the document does not fit our own form.',
    'A number, date or text is beyond what the order takes.',
    'Ask the partner to correct it; discard it or replay it.',
    true,
  ),
  'not-quarantined': reason(
    'Only a quarantined document can be replayed or discarded.',
    'The document is in another state.',
    'Nothing to do.',
  ),
  'faults-remain': reason(
    'The document still has the faults that it was put aside for.',
    'Faults of the document itself do not go away by a replay unless a person accepts them.',
    'Accept the named faults, or discard the document and have it sent again.',
  ),
  'comment-missing': reason(
    'A discarded document needs a reason.',
    'The comment is empty.',
    'Say why it is discarded.',
  ),
  'not-of-a-partner': reason(
    'The order came by another way than a trading partner.',
    'Channel of the order is no partner channel.',
    'Nothing to do.',
  ),
  'partner-id-unfit': reason(
    'This can not be the id of a partner.',
    'Letters, digits, dot, hyphen and underscore, 1 to 40.',
    'Choose another id.',
  ),
  'rule-unknown': reason(
    'A mapping names a source that does not exist.',
    'itemFrom or customerFrom holds an unknown word.',
    'Use one of the named sources.',
  ),
  'delivery-refused': reason(
    'The partner does not take our document.',
    'The endpoint answered with a status that is final, or the delivery is not set up.',
    'Clear it with the partner or mend the delivery, then send it again under its number.',
    true,
  ),
  'delivery-unanswered': reason(
    'The partner is not reached; we keep trying.',
    'The endpoint gave no answer within the time; later documents wait behind.',
    'Look at the endpoint of the partner.',
  ),
  'acknowledgement-overdue': reason(
    'The partner has not acknowledged what we sent.',
    'No 997 or CONTRL named the control number within the hours of the agreement.',
    'Ask the partner whether it has arrived.',
  ),
  'rejected-by-partner': reason(
    'The partner could not read what we sent.',
    "The partner's 997, TA1 or CONTRL rejects the control number.",
    'Read the acknowledgement, mend the cause, and have the document made again.',
  ),
  'not-agreed': reason(
    'The partner wants no answer of this kind.',
    'The agreement does not ask for acknowledgements or responses.',
    'Nothing to do.',
  ),
  'still-asked': reason(
    'It takes longer than usual; we keep at it.',
    'An ask told that it is unanswered; it goes on.',
    'Nothing to do.',
  ),
};
