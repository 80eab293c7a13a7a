/** The ERP's books on disk: what it has answered is written first, so a killed ERP never forgets a number it gave. */
import { join } from 'node:path';
import { Journal } from '../books/journal.js';
import { Refused } from '../web/problem.js';
import { OrderBook, type ErpOrder, type OrderEntry, type OrderRequest, type Refusal } from './orders.js';
import { contentMark, PostingBook, type ErpPosting, type PostingEntry, type PostingRequest } from './postings.js';

type Entry = OrderEntry | PostingEntry;
const refusalOf = ({ status, code, text }: Refusal): Refused => new Refused(status, code, text);

export class Erp {
  private constructor(
    readonly orders: OrderBook,
    readonly postings: PostingBook,
    private readonly journal: Journal<Entry>,
  ) {}

  static async open(folder: string, lineLimit: number): Promise<Erp> {
    const orders = new OrderBook(lineLimit);
    const postings = new PostingBook();
    const journal = await Journal.open<Entry>(join(folder, 'erp.ndjson'), (entry) =>
      entry.type === 'posted' ? postings.apply(entry) : orders.apply(entry),
    );
    return new Erp(orders, postings, journal);
  }

  async register(key: string, request: Partial<OrderRequest>): Promise<ErpOrder> {
    const verdict = this.orders.register(key, contentMark(request), request);
    if ('refusal' in verdict) throw refusalOf(verdict.refusal);
    // Repetitions wait as well: their first copy may still be on its way to the disk.
    const order = 'known' in verdict ? verdict.known : verdict.entry.order;
    await this.enter('known' in verdict ? undefined : verdict.entry);
    return order;
  }

  /** Cancels all that is and will be registered under a reference. */
  async cancel(reference: string): Promise<readonly ErpOrder[]> {
    await this.enter(this.orders.isCancelled(reference) ? undefined : { type: 'cancelled', reference });
    return this.orders.find(reference);
  }

  /** Finds answer only what is written: a kill must not make the ERP forget what it has confirmed. */
  async findOrders(reference: string): Promise<readonly ErpOrder[]> {
    await this.journal.settled();
    return this.orders.find(reference);
  }

  async findPosting(reference: string): Promise<ErpPosting | undefined> {
    await this.journal.settled();
    return this.postings.find(reference);
  }

  async post(key: string, request: Partial<PostingRequest>): Promise<ErpPosting> {
    const verdict = this.postings.post(key, contentMark(request), request, new Date().toISOString());
    if ('refusal' in verdict) throw refusalOf(verdict.refusal);
    await this.enter('known' in verdict ? undefined : verdict.entry);
    return 'known' in verdict ? verdict.known : verdict.entry.posting;
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private async enter(entry: Entry | undefined): Promise<void> {
    if (!entry) return this.journal.settled();
    if (entry.type === 'posted') this.postings.apply(entry);
    else this.orders.apply(entry);
    await this.journal.append(entry);
  }
}
