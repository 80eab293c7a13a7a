/** What the ERP has told of before anything goes wrong: a customer for every check that an order can fail alone. */
const UK = 'CD-UK';

const entity = (name: string, taxRates: object[]) => ({
  entity: name,
  legalName: `Crossdock ${name}`,
  country: 'GB',
  currency: 'GBP',
  taxRates,
  invoicePrefix: `${name}-I`,
  creditMemoPrefix: `${name}-C`,
});

export const aCustomer = (account: string, more: object = {}) => ({
  account,
  legalName: `Customer ${account}`,
  status: 'active',
  entity: UK,
  currency: 'GBP',
  creditLimit: 100_000_000,
  priceList: 'STANDARD',
  pricing: 'as-sent',
  taxCategory: 'zero',
  shipToCountries: [],
  backorders: 'allowed',
  ...more,
});
const { creditLimit: _none, ...guest } = aCustomer('GUEST');

const anItem = (item: string, prices: object[]) => ({
  item,
  description: `Item ${item}`,
  baseUnit: 'EA',
  units: [],
  status: 'active',
  cost: '1.00',
  nodes: ['DC1'],
  prices,
  channels: [{ channel: 'web', nodes: [], safetyStock: 0, sharePercent: '100', hold: 0 }],
});

/** Minor units of the accounts that run short of credit. */
export const POOR_LIMIT = 1_000;
export const RACER_LIMIT = 10_000;

export const MASTER_DATA = {
  entities: [entity(UK, [{ country: '*', category: 'zero', percent: '0' }]), entity('CD-NOTAX', [])],
  nodes: [{ node: 'DC1', name: 'Warehouse', entity: UK, address: { country: 'GB' }, status: 'active' }],
  customers: [
    guest,
    aCustomer('SOUND'),
    aCustomer('HELD', { status: 'hold' }),
    aCustomer('BLOCKED', { status: 'blocked' }),
    aCustomer('POOR', { creditLimit: POOR_LIMIT }),
    aCustomer('RACER', { creditLimit: RACER_LIMIT }),
    aCustomer('LISTED', { pricing: 'list' }),
    aCustomer('HOMEBODY', { shipToCountries: ['GB'] }),
    aCustomer('TAXLESS', { entity: 'CD-NOTAX', taxCategory: 'standard' }),
    aCustomer('HASTY', { backorders: 'refused' }),
  ],
  items: [
    anItem('TEA', [{ priceList: 'STANDARD', currency: 'GBP', price: '2.50' }]),
    anItem('POT', []),
    // Nobody has any: what an order waits for.
    anItem('RARE', []),
  ],
};
