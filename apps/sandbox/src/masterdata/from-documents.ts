/** Master data that an order file needs: its accounts and items, made up by the ERP from the file alone. */
import type { FileDocument } from '../file/document.js';
import type { MasterData } from './catalogue.js';
import { costOf, higherPrice } from './cost.js';

export const ENTITY = 'CD-UK';
export const HOME_COUNTRY = 'GB';
export const HOME_CURRENCY = 'GBP';
export const HOME_NODE = 'DC1';
export const GUEST = 'GUEST';
export const PRICE_LIST = 'STANDARD';
/** Minor units: high enough for every order of a year. */
const VERY_HIGH_LIMIT = 1_000_000_000_000;

/** 20 % at home, 0 abroad; zero-rated accounts 0 everywhere. */
export const entityData = (): MasterData['entities'][number] => ({
  entity: ENTITY,
  legalName: 'Crossdock Demo UK Ltd',
  country: HOME_COUNTRY,
  currency: HOME_CURRENCY,
  taxRates: [
    { country: HOME_COUNTRY, category: 'standard', percent: '20' },
    { country: HOME_COUNTRY, category: 'zero', percent: '0' },
    { country: '*', category: 'standard', percent: '0' },
    { country: '*', category: 'zero', percent: '0' },
  ],
  invoicePrefix: 'INV-',
  creditMemoPrefix: 'CM-',
});

const TOWNS = ['Coventry', 'Leeds', 'Bristol'];
export const nodeData = (node: string): MasterData['nodes'][number] => ({
  node,
  name: `Warehouse ${node}`,
  entity: ENTITY,
  address: {
    city: TOWNS[(Number(/\d+$/.exec(node)?.[0] ?? 1) - 1) % TOWNS.length] ?? 'Coventry',
    country: HOME_COUNTRY,
  },
  timeZone: 'Europe/London',
  status: 'active',
});

/** Sold by the web shop as far as stock goes; nothing is kept back. */
export const webChannel = (safetyStock = 0): MasterData['items'][number]['channels'][number] => ({
  channel: 'web',
  nodes: [],
  safetyStock,
  sharePercent: '100',
  hold: 0,
});

/** Accounts of files: zero-rated, prices as sent, every country allowed, never short of credit; guests have none. */
const customerData = (account: string, currency: string): MasterData['customers'][number] => ({
  account,
  legalName: account === GUEST ? 'Guests' : `Customer ${account}`,
  status: 'active',
  entity: ENTITY,
  currency,
  ...(account === GUEST ? {} : { creditLimit: VERY_HIGH_LIMIT }),
  priceList: PRICE_LIST,
  pricing: 'as-sent',
  taxCategory: 'zero',
  shipToCountries: [],
  backorders: 'allowed',
});

/** The currency that most documents are in: others are refused by the order checks, as they should be. */
const currencyOf = (documents: readonly FileDocument[]): string => {
  const counts = new Map<string, number>();
  for (const { currency } of documents) if (currency) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? HOME_CURRENCY;
};

const KEY = /^[^\s\u0000-\u001f](?:[^\u0000-\u001f]{0,62}[^\s\u0000-\u001f])?$/;
const isKey = (text: string | undefined): text is string => text !== undefined && KEY.test(text);

interface Seen {
  price: string | undefined;
  description: string;
  unit: string;
  /** nodes that orders name */
  readonly sells: Set<string>;
  /** nodes that adjustments name */
  readonly keeps: Set<string>;
}
/** Nodes of an item, preferred first: the home node where an order names none, then the named ones. */
const nodesOf = ({ sells, keeps }: Seen): string[] => {
  const nodes = [...new Set([...sells, ...keeps])].filter(isKey);
  if (nodes.length === 0) return [HOME_NODE];
  return sells.has(HOME_NODE) ? [HOME_NODE, ...nodes.filter((node) => node !== HOME_NODE)] : nodes;
};

const itemsSeen = (documents: readonly FileDocument[]): Map<string, Seen> => {
  const items = new Map<string, Seen>();
  for (const { type, lines, node: documentNode } of documents) {
    for (const { item, kind, unitPrice, description, unit, node } of lines) {
      if (kind !== 'goods') continue;
      const seen = items.get(item) ?? {
        price: undefined,
        description: '',
        unit: unit ?? 'EA',
        sells: new Set(),
        keeps: new Set(),
      };
      seen.price = higherPrice(
        seen.price,
        unitPrice && /^\d{1,12}(\.\d{1,6})?$/.test(unitPrice) ? unitPrice : undefined,
      );
      seen.description ||= (description ?? '').slice(0, 500);
      if (type === 'order') seen.sells.add(node ?? HOME_NODE);
      if (type === 'adjustment') seen.keeps.add(node ?? documentNode ?? HOME_NODE);
      items.set(item, seen);
    }
  }
  return items;
};

/** Keys that no contract would take are left out: their documents are parked anyway. */
export const masterDataOf = (documents: readonly FileDocument[]): MasterData => {
  const currency = currencyOf(documents);
  const accounts = [...new Set(documents.map(({ account }) => account))].filter(isKey);
  const items = [...itemsSeen(documents)].filter(([item]) => isKey(item));
  const nodes = [
    ...new Set([HOME_NODE, ...documents.map(({ node }) => node), ...items.flatMap(([, seen]) => nodesOf(seen))].flat()),
  ].filter(isKey);
  return {
    entities: [entityData()],
    nodes: nodes.map(nodeData),
    customers: accounts.map((account) => customerData(account, currency)),
    items: items.map(([item, seen]) => ({
      item,
      description: seen.description,
      baseUnit: /^[A-Z0-9]{1,3}$/.test(seen.unit) ? seen.unit : 'EA',
      units: [],
      status: 'active',
      cost: costOf(seen.price),
      nodes: nodesOf(seen),
      prices: seen.price === undefined ? [] : [{ priceList: PRICE_LIST, currency, price: seen.price }],
      channels: [webChannel()],
    })),
  };
};
