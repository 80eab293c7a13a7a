/** Identity of a business document: tenant, channel and number. Every channel's documents get their ids here. */
import { derivedId } from '@crossdock/kernel';
import { KEY_MAX } from '../language/fields.js';

export const documentIdOf = (tenant: string, channel: string, documentNo: string): string =>
  derivedId(tenant, channel, documentNo);

const PARTNER = 'partner-';
/** The channel of a trading partner's documents, so that its orders are told from everybody else's. */
export const partnerChannel = (partner: string): string => `${PARTNER}${partner}`;
/** The partner whose channel it is; undefined for any other channel. */
export const partnerOf = (channel: string): string | undefined =>
  channel.startsWith(PARTNER) ? channel.slice(PARTNER.length) : undefined;

/** Of a key that is too long: its beginning, for people, and a hash of the whole. */
const HASHED = '~';
const HEAD_MAX = KEY_MAX - HASHED.length - derivedId('').length;
/**
 * A key of the business (`IsKey`) made of numbers that others give: `ACME/4711`. They set no limit to their numbers, or
 * a higher one (EDIFACT DE 1004 an..70, UBL none), so what is longer than a key ends in a hash of all of it: two that
 * differ stay two, and the same is the same again.
 */
export const keyOf = (...parts: readonly [string, ...string[]]): string => {
  const whole = parts.join('/');
  if (whole.length <= KEY_MAX) return whole;
  // Half a character is none.
  const head = whole.slice(0, HEAD_MAX).replace(/[\ud800-\udbff]$/, '');
  return `${head}${HASHED}${derivedId(...parts)}`;
};

/** Zeros before a line number are the sender's habit: `001` and `1` are one line. */
export const plainLineNo = (lineNo: string): string => lineNo.replace(/^0+(?=\d+$)/, '');
