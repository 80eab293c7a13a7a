/** The sandbox's shops, and connectors beside them; both are loaded, as no tool is built on an app. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PartnerProfile } from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';

export type Json = Readonly<Record<string, unknown>>;
interface Step {
  readonly text?: string;
}
interface Document extends Json {
  readonly documentId: string;
  readonly kind?: string;
  readonly steps: readonly Step[];
}
/** As much of the connectors' own test world as is used here. */
export interface World {
  readonly url: string;
  readonly orders: { readonly created: ReadonlyMap<string, number>; readonly asked: ReadonlyMap<string, number> };
  partner(id: string, profile: PartnerProfile): Promise<void>;
  documents(query: string): Promise<readonly Document[]>;
  documentOf(fileId: string, status: string): Promise<Document>;
  call<T>(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: T }>;
  handIn(bytes: string, query: string, type: string): Promise<string>;
  tell(...inputs: readonly Input<never>[]): Promise<void>;
  stop(): Promise<void>;
}
interface Fault {
  readonly system: 'shop';
  readonly kind: string;
  readonly rate: number;
  readonly left?: number;
  readonly ms?: number;
  readonly path?: string;
}
interface Faults {
  add(fault: Fault): void;
  clear(): number;
  list(): readonly { readonly hits: number }[];
}
interface Entry {
  readonly platform: string;
  readonly what: string;
  readonly id: string;
  readonly shown: Json;
}
interface Book {
  readonly writes: readonly Entry[];
  put(entry: Entry): Promise<void>;
  get(platform: string, what: string, id: string): Json | undefined;
  list(platform: string, what: string): readonly Json[];
  close(): Promise<void>;
}
interface App {
  readonly server: Server;
  listen(where: { host: string; port: number }): Promise<string>;
  close(): Promise<void>;
}

const SANDBOX = '../../../apps/sandbox/src';
const CONNECTORS = '../../../apps/connectors/test';
const load = async <T>(path: string): Promise<T> => (await import(path)) as T;

export class Shops {
  readonly faults: Faults;
  private readonly book: Book;
  private readonly app: App;
  private readonly url: string;
  constructor(faults: Faults, book: Book, app: App, url: string) {
    this.faults = faults;
    this.book = book;
    this.app = app;
    this.url = url;
  }

  async world(env: Readonly<Record<string, string>>): Promise<World> {
    const { World } = await load<{ World: { start(env: object): Promise<World> } }>(`${CONNECTORS}/world.ts`);
    const { SHOP_TOKEN: token } = await load<{ SHOP_TOKEN: string }>(`${SANDBOX}/shop/thin.ts`);
    const tenant = 'acme';
    const connections = {
      bigcommerce: { tenant, shop: 'bigcommerce', url: `${this.url}/bigcommerce/stores/abc`, token },
      amazon: {
        ...{ tenant, shop: 'amazon', url: `${this.url}/amazon`, tokenUrl: `${this.url}/amazon/auth/o2/token` },
        ...{ clientId: 'c', clientSecret: 's', refreshToken: token },
      },
      shopify: { tenant, shop: 'shopify', url: `${this.url}/shopify/admin/api/2026-01`, token },
      woocommerce: {
        ...{ tenant, shop: 'woocommerce', url: `${this.url}/woocommerce/wp-json/wc/v3`, user: token, password: token },
      },
    };
    return World.start({ ...env, CROSSDOCK_SHOP_CONNECTIONS: JSON.stringify(connections) });
  }
  put(platform: string, what: string, id: string, shown: Json): Promise<void> {
    return this.book.put({ platform, what, id, shown });
  }
  get(platform: string, what: string, id: string): Json | undefined {
    return this.book.get(platform, what, id);
  }
  list(platform: string, what: string): readonly Json[] {
    return this.book.list(platform, what);
  }
  writes(): readonly Entry[] {
    return this.book.writes;
  }
  async post(path: string): Promise<unknown> {
    return (await fetch(`${this.url}${path}`, { method: 'POST' })).json();
  }
  async close(): Promise<void> {
    await this.app.close();
    await this.book.close();
  }
}

export const openShops = async (folder: string): Promise<Shops> => {
  const { Faults: FaultsOf } = await load<{ Faults: new () => Faults }>(`${SANDBOX}/faults/fault.ts`);
  const { createServer } = await load<{ createServer(server: object): App }>(`${SANDBOX}/web/server.ts`);
  const { ShopBook } = await load<{ ShopBook: { open(folder: string): Promise<Book> } }>(`${SANDBOX}/shop/book.ts`);
  const { openBook } = await load<{ openBook(app: App, book: Book): void }>(`${SANDBOX}/shop/shop.server.ts`);
  const faults = new FaultsOf();
  const book = await ShopBook.open(folder);
  const app = createServer({ system: 'shop', faults, conduct: { latencyMs: 0, perSecond: 0 } });
  openBook(app, book);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return new Shops(faults, book, app, `http://127.0.0.1:${port}`);
};
