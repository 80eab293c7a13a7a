/** How a run's documents stand, asked from the public API of the services. */
import type { Api } from './http.ts';

export const STAGES = [
  'accepted',
  'reserved',
  'released',
  'shipped',
  'delivered',
  'invoiced',
  'posted',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

export interface Documents {
  readonly orders: number;
  readonly returns: number;
  readonly adjustments: number;
  readonly parked: number;
  readonly alreadyKnown: number;
}
export interface Lines {
  readonly ordered: number;
  readonly goods: number;
  readonly charges: number;
}
/** Minor units. */
export interface Money {
  readonly currency: string;
  readonly invoicedNet: number;
  readonly creditedNet: number;
  readonly tax: number;
  readonly debits: number;
  readonly credits: number;
}
export type Counts = Readonly<Record<string, number>>;

/** `GET /v1/batches/{batchId}` of order-orchestration. */
export interface OrdersBatch {
  readonly documents: Documents;
  /** by status */
  readonly orders: Counts;
  readonly lines: Lines;
  readonly progress: Readonly<Record<Stage, number>>;
  /** returns whose credit memo the ERP has posted */
  readonly returnsPosted: number;
}
/** `GET /v1/batches/{batchId}` of finance-posting. */
export interface MoneyBatch extends Omit<Money, 'currency'> {
  readonly currency: string | null;
  readonly invoicesPosted: number;
  readonly creditMemosPosted: number;
}
export interface Standing extends OrdersBatch {
  readonly money: Money;
  /** open cases of every service, by reason */
  readonly exceptions: Counts;
}

interface CaseView {
  readonly reason: string;
  readonly status: string;
}
interface CasePage {
  readonly exceptions: readonly CaseView[];
  readonly after?: string;
}

/** Currency of a run in which no money moved. */
const HOME_CURRENCY = 'GBP';
const PAGE = 1_000;

export const countBy = <T>(values: readonly T[], of: (value: T) => string): Counts => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[of(value)] = (counts[of(value)] ?? 0) + 1;
  return counts;
};
export const sumCounts = (all: readonly Counts[]): Counts => {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

export class Observer {
  readonly #api: Api;
  readonly #services: Readonly<Record<string, string>>;
  readonly batchId: string;

  constructor(api: Api, services: Readonly<Record<string, string>>, batchId: string) {
    this.#api = api;
    this.#services = services;
    this.batchId = batchId;
  }

  /** Throws while a service that has to be asked is down; whoever asks tries again later. */
  async look(): Promise<Standing> {
    const [orders, money, ...cases] = await Promise.all([
      this.#get<OrdersBatch>('order-orchestration', `/v1/batches/${this.batchId}`),
      this.#get<MoneyBatch>('finance-posting', `/v1/batches/${this.batchId}`),
      ...Object.keys(this.#services).map((name) => this.#openCases(name)),
    ]);
    const { invoicedNet, creditedNet, tax, debits, credits } = money;
    const currency = money.currency ?? HOME_CURRENCY;
    return {
      documents: orders.documents,
      orders: orders.orders,
      lines: orders.lines,
      progress: orders.progress,
      returnsPosted: orders.returnsPosted,
      money: { currency, invoicedNet, creditedNet, tax, debits, credits },
      exceptions: sumCounts(cases),
    };
  }

  async #openCases(service: string): Promise<Counts> {
    const all: CaseView[] = [];
    for (let after: string | undefined; ;) {
      const page = `key=batch:${encodeURIComponent(this.batchId)}&limit=${PAGE}${after ? `&after=${after}` : ''}`;
      const found = await this.#get<CasePage>(service, `/v1/exceptions?${page}`);
      all.push(...found.exceptions.filter(({ status }) => status === 'open'));
      if (!found.after) return countBy(all, ({ reason }) => reason);
      after = encodeURIComponent(found.after);
    }
  }

  async #get<T>(service: string, path: string): Promise<T> {
    return this.#api.call<T>(`${this.#services[service]}${path}`, { timeoutMs: 10_000, patienceMs: 0 });
  }
}
