/** HTTP clients that order while services die: each asks again with its key until it has an answer, and gets one effect. */
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../stack/until.ts';
import type { Drill, Scene, Strike } from '../drill.ts';
import { atWork } from '../recovery.ts';

const SERVICE = 'order-orchestration';
const CLIENTS = 8;
const ORDERS_EACH = 4;
const KILLS = 6;
const ITEM = 'CD-0001';
const ACCOUNT = 'A-1001';
const NODE = 'DC1';
/** A client gives up soon, so that it does not know what became of its order, and asks again. */
const IMPATIENCE_MS = 5_000;
const ASKED_MS = 240_000;
const CLOSED_MS = 180_000;

interface Answer {
  readonly status: number;
  readonly body: string;
}
/** What clients saw, of the drill under way. */
const seen = { over: false, answers: 0, orders: [] as string[], unanswered: 0, sentAway: 0, wrong: [] as string[] };

const orderOf = (documentNo: string, quantity: number): object => ({
  documentNo,
  account: ACCOUNT,
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: [{ lineNo: 1, item: ITEM, quantity: String(quantity) }],
});

const post = async ({ platform }: Scene, key: string, body: object, timeoutMs: number): Promise<Answer> => {
  const answer = await fetch(`${platform.fleet.urls.services[SERVICE] ?? ''}/v1/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await platform.api.token()}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: answer.status, body: await answer.text() };
};

/** Asks with the same key until there is an answer that is one: neither nothing nor a 503. */
async function asked(scene: Scene, key: string, body: object): Promise<Answer> {
  for (const end = Date.now() + ASKED_MS; Date.now() < end && !seen.over; await pause(100)) {
    const answer = await post(scene, key, body, IMPATIENCE_MS).catch(() => undefined);
    if (answer === undefined) seen.unanswered++;
    else if (answer.status >= 500) seen.sentAway++;
    else {
      seen.answers++;
      return answer;
    }
  }
  const so = `${seen.answers} answers, ${seen.unanswered} times none, ${seen.sentAway} times sent away`;
  throw new Error(`${key} had no answer within ${ASKED_MS / 1000} s: ${so}`);
}

/** One order: taken once, answered alike when it is asked again, refused under its key with another body. */
async function ordering(scene: Scene, documentNo: string): Promise<void> {
  const key = `drill-${documentNo}`;
  const wrong = (what: string, { status, body }: Answer) =>
    seen.wrong.push(`${documentNo} ${what}: ${status} ${body.slice(0, 300)}`);
  const first = await asked(scene, key, orderOf(documentNo, 1));
  // 200 would say that it was known already: by an effect that is not this request's.
  if (first.status !== 201) wrong('was not taken', first);
  seen.orders.push(documentNo);
  const again = await asked(scene, key, orderOf(documentNo, 1));
  if (again.status !== first.status || again.body !== first.body)
    wrong('was answered otherwise when asked again', again);
  const other = await asked(scene, key, orderOf(documentNo, 2));
  if (other.status !== 422 || !other.body.includes('key-reused')) wrong('with another body was not refused', other);
}

/** So much of the item comes in that every order of these clients can be served. */
async function receipt({ platform }: Scene, documentNo: string): Promise<void> {
  const body = {
    documentNo,
    correlationId: documentNo,
    node: NODE,
    lines: [{ lineNo: 1, item: ITEM, quantity: 1_000 }],
  };
  await platform.api.call(`${platform.fleet.urls.services['inventory-propagation'] ?? ''}/v1/receipts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': documentNo },
    body: () => JSON.stringify(body),
  });
}

const rush = (nth: number): Strike => ({
  name: SERVICE,
  blows: KILLS,
  deed: `killed ${KILLS} times while ${CLIENTS} clients order`,
  strike: async (scene) => {
    const { platform, random, say } = scene;
    await receipt(scene, `DOOR-RECEIPT-${nth}`);
    const member = platform.fleet.member(SERVICE);
    let rushing = true;
    const clients = Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let at = 0; at < ORDERS_EACH; at++) await ordering(scene, `DOOR-${nth}-${client}-${at}`);
      }),
    ).finally(() => (rushing = false));
    // One that has no answer ends the drill: the others need not go on.
    clients.catch(() => (seen.over = true));
    for (let kill = 0; kill < KILLS && rushing; kill++) {
      const before = seen.answers;
      // In the middle of what others wait for: somebody has just had an answer.
      const answered = async () => !rushing || seen.answers > before;
      await until({ what: 'an answer at the door', deadlineMs: ASKED_MS, check: answered });
      await pause(random.below(500));
      if (!rushing) break;
      await member.kill9();
      await atWork(platform, member);
    }
    await clients;
    await until({
      what: 'the orders of the clients to close',
      deadlineMs: CLOSED_MS,
      check: async () => (await standing(scene)).every(({ statuses }) => statuses.join() === 'closed'),
    });
    say(`drill: ${seen.orders.length} ordered; ${seen.unanswered} times no answer, ${seen.sentAway} times sent away`);
  },
});

interface Found {
  readonly orders: readonly { readonly status: string }[];
}
/** The orders that clients were told of, with the status of each that stands under that number. */
const standing = async ({ platform }: Scene): Promise<readonly { orderNo: string; statuses: readonly string[] }[]> => {
  const url = `${platform.fleet.urls.services[SERVICE] ?? ''}/v1/orders?orderNo=`;
  const found: { orderNo: string; statuses: readonly string[] }[] = [];
  for (const orderNo of seen.orders) {
    const { orders } = await platform.api.call<Found>(`${url}${orderNo}`);
    found.push({ orderNo, statuses: orders.map(({ status }) => status) });
  }
  return found;
};

async function judged(scene: Scene): Promise<readonly string[]> {
  const open = (await standing(scene)).filter(({ statuses }) => statuses.join() !== 'closed');
  return [
    ...seen.wrong,
    ...(seen.unanswered === 0 ? ['every request was answered at once, so nothing was shown'] : []),
    ...open.map(({ orderNo, statuses }) => `${orderNo} is ${statuses.join(' and ') || 'nowhere'}`),
  ];
}

export const doorDrills: readonly Drill[] = [
  {
    name: 'door',
    about: `${CLIENTS} HTTP clients order while order-orchestration is killed ${KILLS} times; each repeats its request under its key until it is answered, then with another body.`,
    most: 5,
    perMinute: 1,
    strikes: (count) => Array.from({ length: count }, (_, nth) => rush(nth)),
    after: judged,
  },
];
