/**
 * The outside's books: an ERP and a warehouse system that know a request again by its key and by nothing else, and may
 * answer late, badly or never.
 */
import type { Clock } from '@crossdock/runtime';
import type { Random } from '@crossdock/testing';

export interface FulfilmentRequest {
  readonly fulfilmentId: string;
  readonly orderNo: string;
  readonly node: string;
  readonly lines: readonly { readonly lineNo: number; readonly item: string; readonly quantity: number }[];
}
interface ErpOrder {
  readonly key: string;
  readonly reference: string;
  readonly erpOrderNo: string;
  readonly part: number;
  readonly parts: number;
  status: 'open' | 'cancelled';
}
interface Posting {
  readonly key: string;
  readonly reference: string;
  readonly erpDocumentNo: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}
interface Reply {
  readonly status: number;
  readonly body?: unknown;
}
type Body = Readonly<Record<string, unknown>>;

/** How the outside behaves; chances of one call. */
export interface Conduct {
  readonly refusesConnection: number;
  readonly answers503: number;
  /** done, and the answer never arrives */
  readonly timesOutAfter: number;
  readonly timesOutBefore: number;
  /** refuses a document for good, the first time that it is asked */
  readonly refuses: number;
}
export const obliging: Conduct = {
  refusesConnection: 0,
  answers503: 0,
  timesOutAfter: 0,
  timesOutBefore: 0,
  refuses: 0,
};
export type OutsideFault = 'no connection' | 'answers 503' | 'time-out before' | 'time-out after' | 'refused' | 'away';

export class Outside {
  readonly orders: ErpOrder[] = [];
  readonly postings: Posting[] = [];
  readonly fulfilments: (FulfilmentRequest & { readonly key: string; readonly wmsRef: string; step: string })[] = [];
  /** contradictions that a partner would complain of */
  readonly complaints: string[] = [];
  conduct: Conduct = obliging;
  readonly away = new Set<string>();
  private readonly bodies = new Map<string, string>();
  private readonly cancelled = new Set<string>();
  private readonly refused = new Set<string>();

  private readonly random: Random;
  private readonly fault: (kind: OutsideFault) => void;
  /** a warehouse has taken a fulfilment order */
  private readonly taken: (request: FulfilmentRequest) => void;
  /** what a carrier says of a package when it is asked */
  private readonly tracked: (trackingNo: string) => unknown;

  constructor(
    random: Random,
    fault: (kind: OutsideFault) => void,
    taken: (request: FulfilmentRequest) => void,
    tracked: (trackingNo: string) => unknown,
  ) {
    this.random = random;
    this.fault = fault;
    this.taken = taken;
    this.tracked = tracked;
  }

  /** `fetch` of one process. */
  fetchOf(clock: Clock): typeof fetch {
    const go = async (url: string, init: RequestInit): Promise<unknown> => {
      const { host, pathname, searchParams } = new URL(url);
      const aborted = new Promise<never>((_, reject) => {
        const end = (): void => reject(new Error('aborted'));
        if (init.signal?.aborted) end();
        init.signal?.addEventListener('abort', end, { once: true });
      });
      aborted.catch(() => undefined);
      const work = async (): Promise<unknown> => {
        await clock.wait(1 + this.random.below(20));
        const before = this.mood(host);
        if (before === 'away' || before === 'no connection') throw new TypeError('fetch failed');
        if (before === 'time-out before') await new Promise(() => undefined);
        if (before === 'answers 503') return responseOf({ status: 503 });
        const headers = init.headers as Record<string, string>;
        const reply = this.handle(host, init.method ?? 'GET', pathname, searchParams, init.body as string, headers);
        if (before === 'time-out after') await new Promise(() => undefined);
        await clock.wait(1 + this.random.below(20));
        return responseOf(reply);
      };
      return Promise.race([work(), aborted]);
    };
    return go as unknown as typeof fetch;
  }

  private mood(host: string): OutsideFault | undefined {
    const { conduct, random } = this;
    const told = (kind: OutsideFault): OutsideFault => {
      this.fault(kind);
      return kind;
    };
    if (this.away.has(host)) return told('away');
    if (random.happens(conduct.refusesConnection)) return told('no connection');
    if (random.happens(conduct.answers503)) return told('answers 503');
    if (random.happens(conduct.timesOutBefore)) return told('time-out before');
    return random.happens(conduct.timesOutAfter) ? told('time-out after') : undefined;
  }

  private handle(
    host: string,
    method: string,
    path: string,
    query: URLSearchParams,
    body: string | undefined,
    headers: Record<string, string>,
  ): Reply {
    const data = body === undefined ? {} : (JSON.parse(body) as Body);
    const key = `${host}${path} ${headers['idempotency-key'] ?? ''}`;
    if (method === 'POST' && (this.bodies.get(key) ?? body) !== body)
      this.complaints.push(`${key}: the same key came with another body`);
    if (method === 'POST' && body !== undefined) this.bodies.set(key, body);
    const reference = query.get('reference') ?? String(data['reference'] ?? '');
    if (path === '/erp/orders/cancel') return this.cancel(reference);
    if (path === '/erp/orders')
      return method === 'GET' ? this.findOrder(reference) : this.register(data, reference, key);
    if (path === '/erp/postings')
      return method === 'GET' ? this.findPosting(reference) : this.post(data, reference, key);
    if (host === 'carrier') return this.track(decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)));
    if (path === '/wms/fulfilments') return this.fulfil(data as unknown as FulfilmentRequest, key);
    const id = decodeURIComponent(path.slice('/wms/fulfilments/'.length));
    const known = this.fulfilments.find(({ fulfilmentId }) => fulfilmentId === id);
    return known ? { status: 200, body: { wmsRef: known.wmsRef } } : { status: 404 };
  }

  /** Says no to a document once; asked again, by a person, it agrees. */
  private refuses(what: string): Reply | undefined {
    if (this.refused.has(what)) return undefined;
    this.refused.add(what);
    if (!this.random.happens(this.conduct.refuses)) return undefined;
    this.fault('refused');
    return { status: 422, body: { detail: 'not like this' } };
  }

  private register(data: Body, reference: string, key: string): Reply {
    const { part, parts } = data as { part: number; parts: number };
    const known = this.orders.find((order) => order.key === key);
    if (known) return { status: 200, body: { erpOrderNo: known.erpOrderNo } };
    if (this.cancelled.has(reference)) return { status: 422, body: { detail: `${reference} was cancelled` } };
    const no = part === 1 ? this.refuses(`order ${reference}`) : undefined;
    if (no) {
      this.cancelled.add(reference);
      return no;
    }
    const erpOrderNo = `45${String(this.orders.length + 1).padStart(5, '0')}`;
    this.orders.push({ key, reference, erpOrderNo, part, parts, status: 'open' });
    return { status: 201, body: { erpOrderNo } };
  }
  private findOrder(reference: string): Reply {
    const known = this.orders.filter((order) => order.reference === reference);
    if (known.length === 0) return { status: 404 };
    return { status: 200, body: { erpOrderNos: known.map(({ erpOrderNo }) => erpOrderNo), parts: known[0]?.parts } };
  }
  private cancel(reference: string): Reply {
    this.cancelled.add(reference);
    const known = this.orders.filter((order) => order.reference === reference);
    for (const order of known) order.status = 'cancelled';
    return { status: 200, body: { erpOrderNos: known.map(({ erpOrderNo }) => erpOrderNo) } };
  }

  private post(data: Body, reference: string, key: string): Reply {
    const known = this.postings.find((posting) => posting.key === key);
    const { net, tax, gross } = data as { net: number; tax: number; gross: number };
    if (known) return { status: 200, body: { reference, erpDocumentNo: known.erpDocumentNo } };
    const no = this.refuses(`posting ${reference}`);
    if (no) return no;
    const erpDocumentNo = `90${String(this.postings.length + 1).padStart(5, '0')}`;
    this.postings.push({ key, reference, erpDocumentNo, net, tax, gross });
    return { status: 201, body: { reference, erpDocumentNo } };
  }
  private findPosting(reference: string): Reply {
    const known = this.postings.find((posting) => posting.reference === reference);
    return known ? { status: 200, body: { reference, erpDocumentNo: known.erpDocumentNo } } : { status: 404 };
  }

  private track(trackingNo: string): Reply {
    const body = this.tracked(trackingNo);
    return body === undefined ? { status: 404 } : { status: 200, body };
  }

  private fulfil(request: FulfilmentRequest, key: string): Reply {
    const known = this.fulfilments.find((one) => one.key === key);
    if (known) return { status: 200, body: { wmsRef: known.wmsRef } };
    const no = this.refuses(`fulfilment ${request.fulfilmentId}`);
    if (no) return no;
    const wmsRef = `W${this.fulfilments.length + 1}`;
    this.fulfilments.push({ ...request, key, wmsRef, step: 'taken' });
    this.taken(request);
    return { status: 201, body: { wmsRef } };
  }
}

/** As much of a Response as the runtime reads. */
const responseOf = ({ status, body }: Reply): unknown => ({
  ok: status < 300,
  status,
  headers: new Map<string, string>(),
  text: async () => (body === undefined ? '' : JSON.stringify(body)),
  arrayBuffer: async () => new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body)).buffer,
  body: { cancel: async () => undefined },
});
