/** Who is asked how, by the carrier's name in small letters and digits. */
import * as json from './json.js';
import type { CarrierPoll, Credentials } from './poll.js';
import { dpd, purolator } from './soap.js';
import * as xml from './xml.js';

/** Of several interfaces of one carrier the first counts whose credentials the account has. */
export const POLLS: Readonly<Record<string, readonly CarrierPoll[]>> = {
  ups: [json.ups],
  fedex: [json.fedex],
  usps: [json.usps],
  dhl: [json.dhlUnified],
  dhlunified: [json.dhlUnified],
  dhlexpress: [xml.dhlXmlPi, json.myDhl],
  dpd: [dpd],
  gls: [json.gls],
  laposte: [json.laPoste],
  canadapost: [xml.canadaPost],
  purolator: [purolator],
  australiapost: [json.australiaPost],
  bpost: [xml.bpost],
  asendia: [json.asendia],
  landmark: [xml.landmark],
  landmarkglobal: [xml.landmark],
  sendle: [json.sendle],
  tnt: [xml.tnt],
  teleship: [json.teleship],
  easypost: [json.easypost],
  aftership: [json.aftership],
};
export const plainName = (carrier: string): string => carrier.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** What an account says of itself: credentials by the carrier's names for them, headers that prove us. */
interface Proof {
  readonly credentials?: Credentials;
  readonly headers?: Readonly<Record<string, string>>;
}
const lacking = (needs: readonly string[], { credentials = {} }: Proof): readonly string[] =>
  needs.filter((name) => !credentials[name]);

/** A grant is asked for when its credentials are there; a carrier whose tokens stand in headers does without. */
export const pollOf = (carrier: string, proof: Proof): CarrierPoll | undefined => {
  const name = plainName(carrier);
  const polls = Object.hasOwn(POLLS, name) ? POLLS[name] : undefined;
  return polls?.find(({ needs }) => lacking(needs, proof).length === 0);
};
export const isGranted = ({ grant }: CarrierPoll, proof: Proof): boolean =>
  grant !== undefined && lacking(grant.needs, proof).length === 0;

/** What keeps an account from being used, in words; undefined when nothing does. */
export const accountFault = (carrier: string, proof: Proof): string | undefined => {
  const polls = Object.hasOwn(POLLS, carrier) ? POLLS[carrier] : undefined;
  if (!polls) return `${carrier} is nobody that we can ask; known are ${Object.keys(POLLS).join(', ')}`;
  if (pollOf(carrier, proof)) return undefined;
  const wanted = polls.map(({ needs }) => lacking(needs, proof).join(', '));
  return `${carrier} lacks the credentials ${wanted.join(' or ')}`;
};
