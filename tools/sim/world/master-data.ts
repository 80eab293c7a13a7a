/** What the ERP's side knows of customers, items, nodes and its legal entity; said at the start, and now and then anew. */
import { derivedId } from '@crossdock/kernel';
import { findMessage, type Message } from '@crossdock/contracts';
import { iso, type StoredEvent } from '@crossdock/runtime';
import { ACCOUNTS, ITEMS, NODES } from './plan.ts';
import type { Tenant } from './services.ts';

const contract = (name: string): Message => {
  const found = findMessage(`masterdata.evt.${name}`, 1);
  if (!found) throw new Error(`masterdata.evt.${name} is not declared`);
  return found;
};
const entity = {
  entity: 'CD-UK',
  legalName: 'Crossdock UK Ltd',
  country: 'GB',
  currency: 'GBP',
  taxRates: [
    { country: 'GB', category: 'standard', percent: '20' },
    { country: '*', category: 'standard', percent: '0' },
  ],
  invoicePrefix: 'INV-',
  creditMemoPrefix: 'CM-',
};
const customer = (account: string): object => ({
  account,
  legalName: account,
  status: 'active',
  entity: 'CD-UK',
  currency: 'GBP',
  ...(account === 'GUEST' ? {} : { creditLimit: account === 'SMALL' ? 3_000 : 1_000_000 }),
  priceList: 'STANDARD',
  pricing: account === 'LISTED' ? 'list' : 'as-sent',
  taxCategory: 'standard',
  shipToCountries: [],
  backorders: account === 'LISTED' ? 'refused' : 'allowed',
});
const item = (name: string, nodes: readonly string[]): object => ({
  item: name,
  description: name,
  baseUnit: 'EA',
  units: [{ unit: 'CS', numerator: 12, denominator: 1 }],
  status: 'active',
  cost: '1.205',
  nodes,
  prices: [{ priceList: 'STANDARD', currency: 'GBP', price: '2.495' }],
  channels: [
    { channel: 'api', nodes: [], safetyStock: 0, sharePercent: '100', hold: 0 },
    { channel: 'web', nodes: ['DC1'], safetyStock: 1, sharePercent: '50', hold: 1 },
  ],
});

/** Says master data of one tenant, each with its version. */
export class MasterData {
  readonly said: StoredEvent[] = [];
  private readonly versions = new Map<string, number>();

  private readonly tenant: Tenant;
  private readonly now: () => number;

  constructor(tenant: Tenant, now: () => number) {
    this.tenant = tenant;
    this.now = now;
  }

  opening(): readonly StoredEvent[] {
    return [
      this.say('entity-changed', entity),
      ...NODES.map((node) =>
        this.say('node-changed', { node, name: node, entity: 'CD-UK', country: 'GB', status: 'active' }),
      ),
      ...ACCOUNTS.map((account) => this.say('customer-changed', customer(account))),
      ...Object.entries(ITEMS).map(([name, nodes]) => this.say('item-changed', item(name, nodes))),
    ];
  }
  itemChanged(nth: number): StoredEvent {
    const [name = 'TEA', nodes = []] = Object.entries(ITEMS)[nth % Object.keys(ITEMS).length] ?? [];
    return this.say('item-changed', { ...item(name, nodes), cost: `1.${30 + (nth % 60)}` });
  }
  customerChanged(nth: number): StoredEvent {
    return this.say('customer-changed', { ...customer(ACCOUNTS[nth % 2] ?? 'BIG'), creditLimit: 500_000 });
  }

  /** A message that nobody can take: its body is no JSON, or breaks its schema. */
  poison(no: string): StoredEvent {
    const data = { account: 'BIG' };
    const whole = this.say('customer-changed', customer('BIG'), derivedId('poison', this.tenant, no));
    const event = { ...whole, body: Number(no.slice(1)) % 2 === 0 ? '{' : JSON.stringify(data) };
    this.said.splice(-1, 1, event);
    this.poisoned.push(event.id);
    return event;
  }
  /** What was said first comes again, under ids of its own: the ERP replays its outbox. */
  oldVersions(nth: number): readonly StoredEvent[] {
    return this.said.slice(0, 10).map((event) => ({ ...event, id: derivedId('again', event.id, nth) }));
  }
  readonly poisoned: string[] = [];

  private say(name: string, content: object, as?: string): StoredEvent {
    const message = contract(name);
    const key = message.key(content);
    const version = (this.versions.get(`${name}/${key}`) ?? 0) + 1;
    if (as === undefined) this.versions.set(`${name}/${key}`, version);
    const data = { ...content, version };
    const id = as ?? derivedId('master-data', this.tenant, name, key, version);
    const event: StoredEvent = {
      id,
      type: message.type,
      version: 1,
      source: 'erp',
      stream: message.stream,
      tenant: this.tenant,
      key,
      lane: message.lane(data),
      entityVersion: version,
      at: iso(this.now()),
      actor: 'system:erp',
      correlationId: derivedId('correlation', id),
      causationId: id,
      body: JSON.stringify(data),
    };
    this.said.push(event);
    return event;
  }
}
