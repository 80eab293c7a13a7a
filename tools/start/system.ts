/** What runs besides the two servers: a process per service and one for the sandbox; their ports, URLs and variables. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpFailure } from '../setup/failure.ts';
import { ROOT } from '../stack/files.ts';
import { NODE_ARGS, NODE_ENVIRONMENT } from '../stack/nodeArgs.ts';
import type { ProcessPlan } from './supervised.ts';

export const SANDBOX = 'sandbox';
/** Servers of the sandbox, each with a port of its own. */
export const OUTSIDE = ['erp', 'wms', 'carrier', 'shop', 'tokens'] as const;
export type Outside = (typeof OUTSIDE)[number];

/** Who the sandbox's carrier and shop are to us; demos only, like everything there. */
const CONNECTIONS = {
  easypost: { name: 'acme-easypost', secret: 'sandbox-easypost' },
  shopify: { name: 'acme-shop', secret: 'sandbox-shopify' },
} as const;
export const TENANT = 'acme';
export const AUDIENCE = 'crossdock';

/** Services that are built: every folder below `apps/` with a main file, without the sandbox. */
export function builtServices(root = ROOT): string[] {
  const names = readdirSync(join(root, 'apps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(mainOf(entry.name, root)))
    .map(({ name }) => name);
  if (!names.includes(SANDBOX)) throw new SetUpFailure('The sandbox is not built: run `npm run build`.');
  return names.filter((name) => name !== SANDBOX).toSorted();
}

export const mainOf = (app: string, root = ROOT): string => join(root, 'apps', app, 'dist', 'src', 'main.js');

export const outsidePort = (system: Outside): string => `sandbox-${system}`;
/** Names of all ports that are kept for a clone. */
export const portNames = (services: readonly string[]): string[] => [...services, ...OUTSIDE.map(outsidePort)];

export interface Place {
  readonly dir: string;
  readonly services: readonly string[];
  /** by the names of `portNames` */
  readonly ports: Readonly<Record<string, number>>;
  readonly natsUrl: (name: string) => string;
  readonly mongoUrl: (service: string) => string;
}

export interface Urls {
  readonly services: Readonly<Record<string, string>>;
  readonly outside: Readonly<Record<Outside, string>>;
}

const HOST = '127.0.0.1';
export const urlAt = (ports: Place['ports'], name: string): string => `http://${HOST}:${ports[name]}`;

export const urlsOf = ({ services, ports }: Pick<Place, 'services' | 'ports'>): Urls => ({
  services: Object.fromEntries(services.map((name) => [name, urlAt(ports, name)])),
  outside: Object.fromEntries(OUTSIDE.map((system) => [system, urlAt(ports, outsidePort(system))])) as Record<
    Outside,
    string
  >,
});

/** What a person has set for one process in this shell wins over what is worked out here. */
const inherited = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

const common = ({ natsUrl }: Place, name: string, urls: Urls): Record<string, string> => ({
  ...NODE_ENVIRONMENT,
  CROSSDOCK_NATS_URL: natsUrl(name),
  CROSSDOCK_HTTP_HOST: HOST,
  CROSSDOCK_ISSUER_URL: urls.outside.tokens,
  CROSSDOCK_AUDIENCE: AUDIENCE,
});

/** Tuning, and where traces go, may be set from outside; which server, port and book a process has may not. */
const TUNED = /^CROSSDOCK_(?!NATS_URL|MONGO_URL|HTTP_|ISSUER_URL|JWKS_URL|SANDBOX_(DATA|.*_PORT)$|(?!TRACE_).*_URL$)/;
const tuning = (): Record<string, string> =>
  Object.fromEntries(Object.entries(inherited()).filter(([name]) => TUNED.test(name)));
const surroundings = (): Record<string, string> =>
  Object.fromEntries(Object.entries(inherited()).filter(([name]) => !name.startsWith('CROSSDOCK_')));

export const serviceEnv = (place: Place, name: string): Record<string, string> => {
  const urls = urlsOf(place);
  const { easypost, shopify } = CONNECTIONS;
  const connection = (name: string, secret: string) => JSON.stringify({ [name]: { tenant: TENANT, secret } });
  return {
    ...surroundings(),
    CROSSDOCK_EASYPOST_CONNECTIONS: connection(easypost.name, easypost.secret),
    CROSSDOCK_SHOPIFY_CONNECTIONS: connection(shopify.name, shopify.secret),
    CROSSDOCK_LOG_LEVEL: 'warn',
    ...tuning(),
    ...common(place, name, urls),
    CROSSDOCK_JWKS_URL: `${urls.outside.tokens}/.well-known/jwks.json`,
    CROSSDOCK_MONGO_URL: place.mongoUrl(name),
    CROSSDOCK_HTTP_PORT: String(place.ports[name]),
    CROSSDOCK_ERP_URL: urls.outside.erp,
    CROSSDOCK_WMS_URL: urls.outside.wms,
    CROSSDOCK_CARRIER_URL: urls.outside.carrier,
    CROSSDOCK_SHOP_URL: urls.outside.shop,
  };
};

/** Where a service that is not built would be. */
const NOBODY = `http://${HOST}:9`;

/** The sandbox posts into the services that take the parts of these three. */
export const sandboxEnv = (place: Place): Record<string, string> => {
  const urls = urlsOf(place);
  const ports = OUTSIDE.map((system) => [
    `CROSSDOCK_SANDBOX_${system.toUpperCase()}_PORT`,
    String(place.ports[outsidePort(system)]),
  ]);
  const url = (service: string): string => urls.services[service] ?? NOBODY;
  return {
    ...surroundings(),
    ...tuning(),
    ...common(place, SANDBOX, urls),
    ...Object.fromEntries(ports),
    CROSSDOCK_SANDBOX_DATA: join(place.dir, 'data', SANDBOX),
    CROSSDOCK_SANDBOX_TENANT: TENANT,
    CROSSDOCK_SANDBOX_EASYPOST_CONNECTION: CONNECTIONS.easypost.name,
    CROSSDOCK_SANDBOX_EASYPOST_SECRET: CONNECTIONS.easypost.secret,
    CROSSDOCK_SANDBOX_SHOPIFY_CONNECTION: CONNECTIONS.shopify.name,
    CROSSDOCK_SANDBOX_SHOPIFY_SECRET: CONNECTIONS.shopify.secret,
    CROSSDOCK_INVENTORY_URL: url('inventory-propagation'),
    CROSSDOCK_SHIPMENTS_URL: url('shipment-normalization'),
    CROSSDOCK_ORDERS_URL: url('order-orchestration'),
  };
};

/** The folder stands in the arguments: a process that a killed command left behind is recognised by it. */
export const markOf = (dir: string): string => `--books=${dir}`;

/** Another replica of a service, at a port of its own. */
export const twinOf = (place: Place, name: string, port: number): ProcessPlan => ({
  ...planOf({ ...place, ports: { ...place.ports, [name]: port } }, name),
  name: twinName(name),
  logFile: join(place.dir, 'logs', `${twinName(name)}.log`),
});
export const twinName = (name: string): string => `${name}-2`;

export const planOf = (place: Place, name: string): ProcessPlan => ({
  name,
  command: process.execPath,
  args: [...NODE_ARGS, mainOf(name), markOf(place.dir)],
  env: name === SANDBOX ? sandboxEnv(place) : serviceEnv(place, name),
  logFile: join(place.dir, 'logs', `${name}.log`),
});
