/** Connectors with four shops as partners, each told and asked by the sandbox's API of its platform. */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartnerProfile } from '@crossdock/contracts';
import { derivedId, type Contract, type Input } from '@crossdock/kernel';
import { eventually } from '../../bad-input/test/world.ts';
import { openShops, type Json, type Shops, type World } from './shops.ts';

/** Waits for what is there sooner or later. */
export const until = <T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> => eventually(what, async () => (await look()) || undefined);
/** What another service says. */
export const said = <D>(contract: Contract<D>, data: D): Input<never> =>
  ({
    id: derivedId('said', contract.type, JSON.stringify(data)),
    ...{ type: contract.type, version: contract.version, tenant: 'acme', key: contract.key(data), data },
    ...{ at: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, correlationId: 'told', entityVersion: 1 },
  }) as unknown as Input<never>;

const KEY = Buffer.from('a secret of thirty-two characters');
const STANDARDS = {
  bigcommerce: 'BigCommerce',
  amazon: 'Amazon',
  shopify: 'Shopify',
  woocommerce: 'WooCommerce',
} as const;
export type Shop = keyof typeof STANDARDS;
const SHOPS = Object.keys(STANDARDS) as readonly Shop[];
const REPORTS: Readonly<Partial<Record<Shop, string>>> = { shopify: 'InventoryLevel', woocommerce: 'Stock' };

const profileOf = (shop: Shop): PartnerProfile => {
  const standard = STANDARDS[shop];
  const report = REPORTS[shop];
  const stock = { standard, types: [report ?? ''], direction: 'out' as const, everyHours: 720, channel: 'web' };
  return {
    name: standard,
    status: 'active',
    identifiers: [],
    agreements: [
      { standard, types: [], direction: 'in', account: 'C10001', country: 'GB', currency: 'GBP' },
      { standard, types: ['Fulfillment'], direction: 'out' },
      ...(report ? [stock] : []),
    ],
    delivery: { by: 'shop', connection: shop },
  };
};
export const partnerOf = (shop: Shop): string => shop.toUpperCase();

export class Trade {
  readonly world: World;
  readonly shops: Shops;
  private readonly folder: string;
  private constructor(world: World, shops: Shops, folder: string) {
    this.world = world;
    this.shops = shops;
    this.folder = folder;
  }
  static async open(): Promise<Trade> {
    const folder = await mkdtemp(join(tmpdir(), 'crossdock-shops-'));
    const shops = await openShops(folder);
    const signing = { scheme: 'standard-webhooks', secret: `whsec_${KEY.toString('base64')}` };
    const webhooks = SHOPS.map((shop) => [shop, { tenant: 'acme', partner: partnerOf(shop), signing }]);
    const world = await shops.world({ CROSSDOCK_WEBHOOK_CONNECTIONS: JSON.stringify(Object.fromEntries(webhooks)) });
    for (const shop of SHOPS) await world.partner(partnerOf(shop), profileOf(shop));
    return new Trade(world, shops, folder);
  }
  async close(): Promise<void> {
    await this.world.stop();
    await this.shops.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A signed webhook; the id of its file. */
  async webhook(shop: Shop, event: Json): Promise<string> {
    const body = JSON.stringify(event);
    const [id, at] = [randomUUID(), String(Math.floor(Date.now() / 1000))];
    const signature = createHmac('sha256', KEY).update(`${id}.${at}.${body}`).digest('base64');
    const answer = await fetch(`${this.world.url}/webhooks/${shop}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        ...{ 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` },
      },
    });
    if (answer.status !== 202) throw new Error(`the webhook was answered ${answer.status}`);
    return ((await answer.json()) as { fileId: string }).fileId;
  }
  taken(number: string): Promise<boolean> {
    return until(`${number} is an order`, () => this.world.orders.created.has(number));
  }
  /** how often the order was asked for */
  asked(number: string): number {
    return this.world.orders.asked.get(number) ?? 0;
  }
  async ordersOf(number: string): Promise<readonly Json[]> {
    const found = await this.world.documents(`number=${encodeURIComponent(number)}`);
    return found.filter(({ kind }) => kind === 'order');
  }
  async canonicalOf(number: string): Promise<Json> {
    const [order] = await this.ordersOf(number);
    const path = `/v1/documents/${String(order?.['documentId'])}/canonical`;
    return (await this.world.call<{ data: Json }>('GET', path)).body.data;
  }
}
