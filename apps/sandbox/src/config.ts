/** Settings of the sandbox, read from the environment once; every fault is listed at once. */
export const SYSTEMS = ['erp', 'wms', 'carrier', 'shop', 'tokens'] as const;
export type System = (typeof SYSTEMS)[number];

export interface SandboxSettings {
  readonly host: string;
  /** 0: a free one */
  readonly ports: Readonly<Record<System, number>>;
  /** folder of the books */
  readonly data: string;
  readonly tenant: string;
  readonly natsUrl: string;
  readonly inventoryUrl: string;
  readonly shipmentsUrl: string;
  readonly ordersUrl: string;
  /** `iss` of tokens; the token issuer's own URL when left out */
  readonly issuer: string | undefined;
  readonly audience: string;
  readonly tokenSeconds: number;
  /** lines that the ERP takes in one (sub-)order */
  readonly erpLineLimit: number;
  /** between taking a fulfilment order and its pick, and between pick and dispatch */
  readonly wmsStepMs: number;
  readonly wmsConcurrency: number;
  /** share of fulfilment orders that are picked short, once per order */
  readonly wmsShortPickRate: number;
  readonly wmsLinesPerPackage: number;
  /** between two scans of a package */
  readonly carrierStepMs: number;
  readonly carrierConcurrency: number;
  readonly easypostConnection: string;
  readonly easypostSecret: string;
  readonly shopifyConnection: string;
  readonly shopifySecret: string;
}

class Faulty extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`the sandbox can't start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables by their short names and remembers what is wrong with them. */
const reader = (env: Environment, faults: string[]) => ({
  text: (name: string, standard?: string): string => {
    const value = env[`CROSSDOCK_${name}`] || standard;
    if (value === undefined) faults.push(`CROSSDOCK_${name} is missing`);
    return value ?? '';
  },
  url: (name: string): string => {
    const value = env[`CROSSDOCK_${name}`] ?? '';
    if (!URL.canParse(value)) faults.push(`CROSSDOCK_${name} is no URL: ${JSON.stringify(value)}`);
    return value.replace(/\/$/, '');
  },
  /** several servers of one cluster, separated by commas */
  urls: (name: string): string => {
    const value = env[`CROSSDOCK_${name}`] ?? '';
    const wrong = value.split(',').find((one) => !URL.canParse(one));
    if (wrong !== undefined) faults.push(`CROSSDOCK_${name} is no URL: ${JSON.stringify(wrong)}`);
    return value;
  },
  number: (name: string, standard: number, least: number, most: number): number => {
    const text = env[`CROSSDOCK_${name}`];
    const value = text ? Number(text) : standard;
    if (!(value >= least && value <= most)) {
      faults.push(`CROSSDOCK_${name} must be a number from ${least} to ${most}: ${JSON.stringify(text)}`);
    }
    return value;
  },
});

export const readSettings = (env: Environment): SandboxSettings => {
  const faults: string[] = [];
  const { text, url, urls, number } = reader(env, faults);
  const port = (system: System) => number(`SANDBOX_${system.toUpperCase()}_PORT`, 0, 0, 65_535);
  const settings: SandboxSettings = {
    host: text('HTTP_HOST', '127.0.0.1'),
    ports: { erp: port('erp'), wms: port('wms'), carrier: port('carrier'), shop: port('shop'), tokens: port('tokens') },
    data: text('SANDBOX_DATA', '.crossdock/sandbox'),
    tenant: text('SANDBOX_TENANT', 'acme'),
    natsUrl: urls('NATS_URL'),
    inventoryUrl: url('INVENTORY_URL'),
    shipmentsUrl: url('SHIPMENTS_URL'),
    ordersUrl: url('ORDERS_URL'),
    issuer: env['CROSSDOCK_ISSUER_URL'] || undefined,
    audience: text('AUDIENCE', 'crossdock'),
    tokenSeconds: number('SANDBOX_TOKEN_SECONDS', 3600, 5, 86_400),
    erpLineLimit: number('SANDBOX_ERP_LINE_LIMIT', 200, 1, 5000),
    wmsStepMs: number('SANDBOX_WMS_STEP_MS', 5, 0, 3_600_000),
    wmsConcurrency: number('SANDBOX_WMS_CONCURRENCY', 64, 1, 256),
    wmsShortPickRate: number('SANDBOX_WMS_SHORT_PICK_RATE', 0, 0, 1),
    wmsLinesPerPackage: number('SANDBOX_WMS_LINES_PER_PACKAGE', 100, 1, 5000),
    carrierStepMs: number('SANDBOX_CARRIER_STEP_MS', 100, 0, 86_400_000),
    carrierConcurrency: number('SANDBOX_CARRIER_CONCURRENCY', 64, 1, 256),
    easypostConnection: text('SANDBOX_EASYPOST_CONNECTION', 'acme-easypost'),
    easypostSecret: text('SANDBOX_EASYPOST_SECRET', 'sandbox-easypost'),
    shopifyConnection: text('SANDBOX_SHOPIFY_CONNECTION', 'acme-shop'),
    shopifySecret: text('SANDBOX_SHOPIFY_SECRET', 'sandbox-shopify'),
  };
  if (faults.length > 0) throw new Faulty(faults);
  return settings;
};
