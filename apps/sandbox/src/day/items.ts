/** The wholesaler's catalogue and customers: the same for every seed, so master data does not change from day to day. */
import type { MasterData } from '../masterdata/catalogue.js';
import {
  entityData,
  ENTITY,
  GUEST,
  HOME_COUNTRY,
  HOME_CURRENCY,
  nodeData,
  PRICE_LIST,
  webChannel,
} from '../masterdata/from-documents.js';
import { pickFrom, randomFrom, weightedFrom, type Random } from './random.js';

export const NODES = ['DC1', 'DC2', 'DC3'] as const;
export type DayNode = (typeof NODES)[number];
export const ITEMS = 1500;
export const CUSTOMERS = 180;

export interface DayItem {
  readonly item: string;
  readonly description: string;
  /** decimal string */
  readonly price: string;
  readonly cost: string;
  readonly node: DayNode;
}
export interface DayCustomer {
  readonly account: string;
  readonly legalName: string;
  readonly country: string;
  readonly city: string;
}

const COLOURS = ['Red', 'Blue', 'Green', 'Ivory', 'Pink', 'Black', 'Natural', 'Silver', 'Vintage', 'Striped'];
const MATERIALS = ['Glass', 'Wooden', 'Enamel', 'Cotton', 'Metal', 'Ceramic', 'Paper', 'Wicker', 'Slate', 'Felt'];
const THINGS = [
  'Lantern',
  'Mug',
  'Cake Tin',
  'Hook',
  'Bunting',
  'Candle',
  'Doorstop',
  'Photo Frame',
  'Tea Towel',
  'Coaster',
  'Clock',
  'Basket',
  'Ribbon',
  'Bowl',
  'Apron',
];
const TRADES = ['Gifts', 'Home', 'Interiors', 'Trading', 'Stores', 'Emporium', 'Supplies', 'Living'];
const NAMES = [
  'Ashford',
  'Bramley',
  'Carrow',
  'Denholm',
  'Elmore',
  'Farrant',
  'Gresham',
  'Hartley',
  'Ingleby',
  'Kendrick',
  'Langdon',
  'Merriman',
];
const PLACES: readonly (readonly [readonly [country: string, city: string], weight: number])[] = [
  [['GB', 'London'], 40],
  [['GB', 'Manchester'], 25],
  [['GB', 'Bristol'], 25],
  [['DE', 'Hamburg'], 3],
  [['FR', 'Lyon'], 3],
  [['IE', 'Dublin'], 2],
  [['NL', 'Utrecht'], 1],
  [['NO', 'Bergen'], 1],
];

const padded = (at: number, places: number): string => String(at).padStart(places, '0');
/** Pence: about 2 GBP in the middle, few above 20. */
const penceFrom = (random: Random): number =>
  Math.max(19, Math.round(210 * Math.exp((random() + random() + random() - 1.5) * 1.6)));
const pounds = (pence: number): string => (pence / 100).toFixed(2);

const itemAt = (at: number): DayItem => {
  const random = randomFrom(`item/${at}`);
  const pence = penceFrom(random);
  return {
    item: `CD-${padded(at + 1, 4)}`,
    description: `${pickFrom(random, COLOURS)} ${pickFrom(random, MATERIALS)} ${pickFrom(random, THINGS)}`,
    price: pounds(pence),
    cost: pounds(Math.max(1, Math.round(pence * (0.4 + random() * 0.25)))),
    node: NODES[at % NODES.length] as DayNode,
  };
};

const customerAt = (at: number): DayCustomer => {
  const random = randomFrom(`customer/${at}`);
  const [country, city] = weightedFrom(random, PLACES);
  return {
    account: `A-${padded(at + 1001, 4)}`,
    legalName: `${pickFrom(random, NAMES)} ${pickFrom(random, TRADES)} ${at + 1}`,
    country,
    city,
  };
};

export const dayItems: readonly DayItem[] = Array.from({ length: ITEMS }, (_, at) => itemAt(at));
export const dayCustomers: readonly DayCustomer[] = Array.from({ length: CUSTOMERS }, (_, at) => customerAt(at));
export const dayNodeOf = (item: string): string => dayItems[Number(item.slice(3)) - 1]?.node ?? NODES[0];

/** Minor units; an account's orders of a day come to some hundreds of pounds, a large one to ten thousand. */
const CREDIT_LIMITS = [25_000_000, 50_000_000, 100_000_000];
/** Every so many items keep a little back from the web shop. */
const SAFETY_EVERY = 20;
const CASE_SIZES = [6, 12, 24];

export const dayMasterData = (): MasterData => ({
  entities: [entityData()],
  nodes: NODES.map(nodeData),
  customers: [
    ...dayCustomers.map(({ account, legalName }, at) => ({
      account,
      legalName,
      status: 'active' as const,
      entity: ENTITY,
      currency: HOME_CURRENCY,
      creditLimit: CREDIT_LIMITS[at % CREDIT_LIMITS.length] as number,
      priceList: PRICE_LIST,
      pricing: 'list' as const,
      taxCategory: 'standard' as const,
      shipToCountries: [],
      backorders: 'allowed' as const,
    })),
    {
      account: GUEST,
      legalName: 'Guests',
      status: 'active',
      entity: ENTITY,
      currency: HOME_CURRENCY,
      priceList: PRICE_LIST,
      pricing: 'list',
      taxCategory: 'standard',
      shipToCountries: [],
      backorders: 'allowed',
    },
  ],
  items: dayItems.map(({ item, description, price, cost, node }, at) => ({
    item,
    description,
    baseUnit: 'EA',
    units: [{ unit: 'CS', numerator: CASE_SIZES[at % CASE_SIZES.length] as number, denominator: 1 }],
    status: 'active',
    cost,
    nodes: [node],
    prices: [{ priceList: PRICE_LIST, currency: HOME_CURRENCY, price }],
    channels: [webChannel(at % SAFETY_EVERY === 0 ? 2 : 0)],
  })),
});

export { GUEST, HOME_COUNTRY, HOME_CURRENCY };
