/** Reason codes of the road and the door. */
import { reason } from './reason.js';

export const ROAD_REASONS = {
  undecodable: reason(
    "A message can't be read.",
    "Headers or JSON of a stream message can't be decoded.",
    'Look at the bytes in quarantine.',
  ),
  'contract-unknown': reason(
    'A message of an unknown kind arrived.',
    'No contract for type and version.',
    'Deploy the contract or remove the speaker.',
  ),
  'for-newer-version': reason(
    'A message is for a newer version of this service.',
    'An older version of the same message is heard here, and is said as well.',
    'Nothing to do while two versions run side by side.',
  ),
  'lane-foreign': reason(
    'A rule reached for something that is not its own.',
    'A decision touched a state outside what it named.',
    'Report it; the message is in quarantine.',
  ),
  'output-invalid': reason(
    'A decision would have said something invalid.',
    'An output breaks its schema or size.',
    'Report it; the message is in quarantine.',
  ),
  'commit-refused': reason(
    'A decision could not be stored.',
    'The commit failed for one message alone.',
    'Report it; the message is in quarantine.',
  ),
  'kills-process': reason(
    'A message stopped the process several times.',
    'Attempts reached the limit after unclean ends.',
    'Report it; the message is in quarantine.',
  ),
  'waited-too-long': reason(
    'What a message waited for never came.',
    'A deferred message reached its time limit.',
    'Look for the missing message, then retry.',
    true,
  ),
  'decision-failed': reason(
    'A rule failed on a message.',
    'A decision threw an error.',
    'Report it; the message is in quarantine.',
  ),
  'body-too-large': reason(
    'The document is too large.',
    'Body is above the limit of the setting.',
    'Split the document.',
  ),
  'broken-json': reason("The document can't be read.", 'Body is not JSON.', 'Send valid JSON.'),
  'not-signed': reason(
    'The message is not from who it says.',
    'Signature is missing or wrong.',
    'Check the shared secret.',
  ),
  'token-missing': reason('Please sign in.', 'No bearer token, or it is not valid.', 'Get a token and try again.'),
  'scope-missing': reason(
    'You may not do this.',
    'The token lacks the scope that the route names.',
    'Ask for the right.',
  ),
  'key-reused': reason(
    'This key was used for another request.',
    'Idempotency-Key with another body.',
    'Use a new key.',
  ),
  'no-owner': reason(
    'The service is taking over work; please try again.',
    'No living owner of the lane.',
    'Try again after the time given.',
    true,
  ),
  'not-found': reason('There is nothing here.', 'No route or no document under this id.', 'Check the address.'),
  'method-not-allowed': reason(
    'This can not be done here.',
    'The address is known, but not under this method.',
    'Use one of the methods in the Allow header.',
  ),
  'too-many-requests': reason(
    'Too many requests.',
    'Rate limit of the caller is used up.',
    'Try again after the time given.',
    true,
  ),
  'request-malformed': reason(
    "The request can't be understood.",
    'A header, parameter or address of the request is malformed.',
    'Correct the named part and send it again.',
  ),
  'media-type-unknown': reason(
    'Documents of this type are not taken here.',
    'Content-Type is missing or none that the route takes.',
    'Send JSON, or the content type that the route names.',
  ),
  'keys-unreachable': reason(
    "We can't check who you are at the moment.",
    "The token issuer's keys can't be fetched.",
    'Try again after the time given.',
    true,
  ),
  'store-unreachable': reason(
    'Our books can not be read at the moment; please try again.',
    'The database is away, or is changing its primary.',
    'Try again after the time given; look at readiness when it stays.',
    true,
  ),
  'outcome-unknown': reason(
    'We have not finished in time; it may still be done.',
    "The input was not committed within the door's patience.",
    'Send it again with the same Idempotency-Key.',
    true,
  ),
  'internal-error': reason(
    'Something went wrong on our side.',
    'An unexpected error, logged under the correlation id.',
    'Try again; report the correlation id when it stays.',
    true,
  ),
  'case-unretryable': reason(
    "This case can't be tried again by itself.",
    'The service names no retry for the reason, or the case keeps nothing to retry.',
    'Do what the case says, then discard it.',
  ),
  'job-not-stored': reason(
    'The file could not be stored.',
    'The upload broke off before its end.',
    'Send the file again.',
    true,
  ),
  'case-ended': reason('The case is closed already.', 'Case is not open.', 'Nothing to do.'),
};
