/** The shops' book: orders, products, what was fulfilled and how much is left to sell, as each platform's API shows it. */
import { join } from 'node:path';
import { Journal } from '../books/journal.js';

export const PLATFORMS = ['bigcommerce', 'amazon', 'shopify', 'woocommerce'] as const;
export type Platform = (typeof PLATFORMS)[number];
export type Shown = Readonly<Record<string, unknown>>;

/** `what`: `orders`, `purchase-orders`, `products`, `fulfillments`, `shipment-trackings`, `notes`, `levels`. */
export interface ShopEntry {
  readonly platform: Platform;
  readonly what: string;
  readonly id: string;
  readonly shown: Shown;
}

export class ShopBook {
  private readonly entries = new Map<string, ShopEntry>();
  /** calls that changed something, however often they changed it to the same */
  readonly writes: ShopEntry[] = [];
  private constructor(private readonly journal: () => Journal<ShopEntry>) {}

  static async open(folder: string): Promise<ShopBook> {
    // Replay comes before the journal is there.
    const opened: { journal?: Journal<ShopEntry> } = {};
    const book = new ShopBook(() => opened.journal as Journal<ShopEntry>);
    opened.journal = await Journal.open<ShopEntry>(join(folder, 'shop.ndjson'), (entry) => book.apply(entry));
    return book;
  }

  async put(entry: ShopEntry): Promise<void> {
    this.apply(entry);
    await this.journal().append(entry);
  }
  get(platform: Platform, what: string, id: string): Shown | undefined {
    return this.entries.get(`${platform}/${what}/${id}`)?.shown;
  }
  /** In the order in which they were first entered; `below` is the start of their ids. */
  list(platform: Platform, what: string, below = ''): readonly Shown[] {
    return [...this.entries.values()]
      .filter((one) => one.platform === platform && one.what === what && one.id.startsWith(below))
      .map(({ shown }) => shown);
  }
  close(): Promise<void> {
    return this.journal().close();
  }

  private apply(entry: ShopEntry): void {
    this.entries.set(`${entry.platform}/${entry.what}/${entry.id}`, entry);
    this.writes.push(entry);
  }
}
