/** Reason codes of documents in XML and JSON: how they are written, and what they say about themselves. */
import { reason } from './reason.js';

export const DOCUMENT_REASONS = {
  'document-unreadable': reason(
    "The document can't be read.",
    'Not well-formed XML or JSON, in an encoding that is not known, or cut short.',
    'Ask the partner to send it again.',
  ),
  'document-unsafe': reason(
    'The document has a form that we refuse for safety.',
    'It carries a document type declaration (DOCTYPE, entities) or is compressed.',
    'Ask the partner to send the plain document.',
  ),
  'document-too-deep': reason(
    'The document is nested deeper than any honest one.',
    'Elements, objects or lists within each other are beyond the limit of the reader.',
    'Find out who sent it; discard it.',
  ),
  'value-unreadable': reason(
    "A value in the document can't be read.",
    'Neither of the values that the standard allows there.',
    'Ask the partner to correct and send again.',
  ),
  'refused-by-partner': reason(
    "The partner's system refused what we asked of it.",
    'The answer says so instead of giving a document.',
    'Read the message it gives; correct and ask again.',
    true,
  ),
  'totals-differ': reason(
    'The totals of the document do not add up.',
    'A sum rule of EN 16931 (BR-CO-10, -13, -15, -16) is broken.',
    'Compare both amounts; the partner corrects it, or an operator releases the document.',
  ),
};
