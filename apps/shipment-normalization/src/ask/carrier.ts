/**
 * Asks a carrier where a package is: the request that it documents (`polls/`), below the base URL and with the headers
 * and credentials of the account; pages are followed, a token that holds no more is had anew. What it answers is read
 * by the translations of its webhooks. "Not found (yet)" is an answer without scans: the next round asks again.
 */
import { RequestTracking, TrackingAnswer } from '@crossdock/contracts';
import { defineAsk, OutsideAway, OutsideRefusal, type AskOutcome, type OutsideAndKept } from '@crossdock/runtime';
import type { CarrierAccount, ShipmentSettings } from '../config.js';
import { readTracking } from '../translate/carriers/index.js';
import { ingestOf } from '../translate/carriers/ingest.js';
import { readPayload } from '../translate/carriers/payload.js';
import { isGranted, plainName, pollOf } from './polls/index.js';
import type { Asked, CarrierPoll, PollRequest } from './polls/poll.js';
import { soapFaultIn } from './polls/soap.js';
import { forgetToken, tokenOf } from './token.js';

/** Pages of one answer that are followed; carriers tell the newest first. */
const MAX_PAGES = 20;
/** How long a carrier is left alone that says "not so fast" without saying how long: Canada Post's minute. */
const BUSY_MS = 60_000;
const TEXT = 1_000;

/** One answer: the bytes as they came, and what they say. */
interface Page {
  readonly bytes: Uint8Array;
  readonly tree: unknown;
}
/** What a carrier says when it refuses: the words that its translation finds, else the text as it came. */
const wordsOf = (carrier: string, status: number, bytes: Uint8Array): string => {
  const { faults } = readTracking(carrier, bytes);
  const told = faults.filter(({ code }) => code === 'carrier-refused').map(({ text }) => text);
  const words = told.length > 0 ? told.join('; ') : new TextDecoder().decode(bytes.subarray(0, TEXT));
  return `status ${status}: ${words}`.slice(0, TEXT);
};

/** Undefined for an answer without a body. Throws what is no answer: away for now, or refused for good. */
const pageOf = async (
  outside: OutsideAndKept,
  carrier: string,
  account: CarrierAccount,
  { isBusy }: CarrierPoll,
  { method, path, bytes: sent, headers }: PollRequest,
): Promise<Page | undefined> => {
  const url = account.url.replace(/\/+$/, '') + path;
  const { status, bytes } = await outside.exchange(method, url, sent, { ...headers, ...account.headers });
  const isGood = status >= 200 && status < 300;
  if (isGood && bytes.length === 0) return undefined;
  const read = readPayload(bytes);
  const tree = read.form === 'broken' ? undefined : read.tree;
  if (isBusy?.(tree)) throw new OutsideAway('not so fast', BUSY_MS);
  const fault = soapFaultIn(tree);
  if (fault?.isFinal) throw new OutsideRefusal(status, `fault ${fault.code}: ${fault.text}`.slice(0, TEXT));
  if (fault) throw new OutsideAway(`fault ${fault.code}`);
  if (isGood && read.form === 'broken') throw new OutsideAway(`the answer can't be read: ${read.fault.code}`);
  if (isGood) return { bytes, tree };
  if (status >= 500) throw new OutsideAway(`status ${status}`);
  throw new OutsideRefusal(status, wordsOf(carrier, status, bytes));
};

const isOfToken = ({ status, message }: OutsideRefusal): boolean =>
  status === 401 || status === 403 || /^fault \S*(?:AUTH|LOGIN)/i.test(message);

/** Every page that the carrier has of this number, with this token. */
const pagesOf = async (
  poll: CarrierPoll,
  asked: Asked,
  ask: (request: PollRequest) => Promise<Page | undefined>,
): Promise<readonly Page[]> => {
  const pages: Page[] = [];
  let request: PollRequest | undefined = poll.request(asked);
  while (request && pages.length < MAX_PAGES) {
    const page = await ask(request);
    if (!page) break;
    pages.push(page);
    request = poll.next?.(page.tree, asked);
  }
  return pages;
};

export const carrierPoll = defineAsk({
  asks: RequestTracking,
  answers: TrackingAnswer,
  system: 'carrier',
  outsideOf: ({ carrier }) => plainName(carrier),
  policy: {
    deadlineMs: 15_000,
    concurrency: 16,
    perSecond: 10,
    unansweredAfterMs: 10 * 60_000,
    backoffMs: [1_000, 300_000],
  },
  call: async (
    { id, data: { trackingNo, carrier } },
    way,
    settings: ShipmentSettings,
  ): Promise<readonly Uint8Array[]> => {
    const outside = way as OutsideAndKept;
    const name = plainName(carrier);
    const account = Object.hasOwn(settings.carrierAccounts, name) ? settings.carrierAccounts[name] : undefined;
    const poll = account && pollOf(name, account);
    if (!account || !poll) throw new OutsideRefusal(404, `no account with ${carrier} to ask for tracking`);
    const ask = (request: PollRequest) => pageOf(outside, carrier, account, poll, request);
    const { grant } = poll;
    const credentials = account.credentials ?? {};
    const tokenNow = async (): Promise<string> => {
      if (!grant || !isGranted(poll, account)) return '';
      return tokenOf(account, async () => {
        const had = grant.read((await ask(grant.request(credentials)))?.tree);
        if (had.token === '') throw new OutsideRefusal(401, `${carrier} gave no token for our credentials`);
        return had;
      });
    };
    const about = { trackingNo, no: encodeURIComponent(trackingNo), id, credentials };
    const token = await tokenNow();
    try {
      return (await pagesOf(poll, { ...about, token }, ask)).map(({ bytes }) => bytes);
    } catch (error) {
      if (token === '' || !(error instanceof OutsideRefusal) || !isOfToken(error)) throw error;
      await forgetToken(account, token);
      return (await pagesOf(poll, { ...about, token: await tokenNow() }, ask)).map(({ bytes }) => bytes);
    }
  },
  answer: ({ id, at, data: { trackingNo, carrier } }, outcome: AskOutcome<readonly Uint8Array[]>) => {
    if (outcome.outcome !== 'done')
      return { trackingNo, carrier, outcome: outcome.outcome, text: outcome.text.slice(0, TEXT) };
    const heard = { source: 'poll', deliveryId: id, receivedAt: at, trackingNo };
    const read = outcome.result.map((bytes) => ingestOf(readTracking(carrier, bytes), heard));
    const own = read.flatMap(({ messages }) => messages).find((message) => message.trackingNo === trackingNo);
    const text = read
      .flatMap(({ faults }) => faults.map((fault) => fault.text))
      .join('; ')
      .slice(0, TEXT);
    return {
      trackingNo,
      carrier,
      outcome: 'done' as const,
      ...(text ? { text } : {}),
      ...(own ? { mappingVersion: own.mappingVersion, events: own.events } : {}),
    };
  },
});
