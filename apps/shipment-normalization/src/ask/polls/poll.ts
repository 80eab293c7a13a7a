/** What each carrier's file of this folder offers: the request for tracking as the carrier documents it. */
import { xmlText, type XmlPart } from '@crossdock/kernel';

/** Credentials of an account, by the names that the carrier gives them. */
export type Credentials = Readonly<Record<string, string>>;

export interface PollRequest {
  readonly method: 'GET' | 'POST';
  /** below the account's URL; what it names is encoded */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes?: Uint8Array;
}
export interface Asked {
  readonly trackingNo: string;
  /** the tracking number as it stands in a path or a query */
  readonly no: string;
  /** of this question: the same for every try of it */
  readonly id: string;
  readonly credentials: Credentials;
  /** where the carrier gives one for a time; empty when the account has headers of its own for that */
  readonly token: string;
}
/** A token that is had from the carrier for the account's credentials, and holds for a time. */
export interface TokenGrant {
  /** credentials that it is had for */
  readonly needs: readonly string[];
  readonly request: (credentials: Credentials) => PollRequest;
  /** where the parsed answer has the token, and for how many seconds it holds */
  readonly read: (tree: unknown) => { readonly token: string; readonly seconds: number };
}
export interface CarrierPoll {
  /** credentials that stand in the request itself */
  readonly needs: readonly string[];
  /** left out where the account's headers prove us; else asked for when the account has what it needs */
  readonly grant?: TokenGrant;
  readonly request: (asked: Asked) => PollRequest;
  /** the request of the page after this parsed answer; undefined when it is the last */
  readonly next?: (tree: unknown, asked: Asked) => PollRequest | undefined;
  /** true for an answer that only says "not so fast", where the carrier has no status of HTTP for that */
  readonly isBusy?: (tree: unknown) => boolean;
}

export const get = (path: string, headers?: Readonly<Record<string, string>>): PollRequest => ({
  method: 'GET',
  path,
  ...(headers ? { headers } : {}),
});
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const postJson = (
  path: string,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): PollRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json', ...headers },
  bytes: utf8(JSON.stringify(value)),
});
export const postForm = (
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): PollRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  bytes: utf8(new URLSearchParams(fields).toString()),
});
export const postXml = (
  path: string,
  document: NonNullable<XmlPart>,
  headers: Readonly<Record<string, string>> = {},
): PollRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml, application/xml', ...headers },
  bytes: utf8(xmlText(document)),
});
/** A credential that stands in the request; that it is there was checked at the start of the service. */
export const credential = (credentials: Credentials, name: string): string => credentials[name] ?? '';
