/**
 * The values that compose and the development overlay give to variables: servers and the sandbox by their names there.
 * Passwords are for development only; whoever shares such a place sets others.
 */
import { isAbsolute } from 'node:path';
import { HTTP_PORT, MONGO_PORT, NATS_PORT, type Deployed } from './deployed.ts';

/** Ports of the sandbox's systems inside its container; outside of it too, in compose. */
export const SANDBOX_PORTS = { erp: 4001, wms: 4002, carrier: 4003, shop: 4004, tokens: 4005 } as const;
export const REPLICA_SET = 'rs0';
export const PASSWORD = 'development';
const TENANT = 'acme';

const sandbox = (system: keyof typeof SANDBOX_PORTS): string => `http://sandbox:${SANDBOX_PORTS[system]}`;
const connection = (name: string, secret: string): string => JSON.stringify({ [name]: { tenant: TENANT, secret } });

export interface Passwords {
  /** of every user of the database */
  readonly mongo: string;
}

export const mongoUrl = (service: string, { mongo }: Passwords): string =>
  `mongodb://${service}:${mongo}@mongodb:${MONGO_PORT}/${service}?replicaSet=${REPLICA_SET}&authSource=admin`;

/** Every variable of which development knows a value, by its name. */
const values = (service: string, passwords: Passwords): Readonly<Record<string, string>> => ({
  CROSSDOCK_NATS_URL: `nats://nats:${NATS_PORT}`,
  CROSSDOCK_MONGO_URL: mongoUrl(service, passwords),
  CROSSDOCK_HTTP_HOST: '0.0.0.0',
  CROSSDOCK_HTTP_PORT: String(HTTP_PORT),
  CROSSDOCK_ISSUER_URL: sandbox('tokens'),
  CROSSDOCK_ERP_URL: sandbox('erp'),
  CROSSDOCK_WMS_URL: sandbox('wms'),
  CROSSDOCK_EASYPOST_CONNECTIONS: connection('acme-easypost', 'sandbox-easypost'),
  CROSSDOCK_SHOPIFY_CONNECTIONS: connection('acme-shop', 'sandbox-shopify'),
});

export interface Given {
  readonly values: Readonly<Record<string, string>>;
  /** variables that the service needs and nobody here knows */
  readonly wanting: readonly string[];
}

/** What a service is given in development: only what it reads. */
export function given({ name, variables }: Deployed, passwords: Passwords = { mongo: PASSWORD }): Given {
  const known = values(name, passwords);
  const entries = variables.flatMap(({ env }) => (known[env] === undefined ? [] : [[env, known[env]] as const]));
  const wanting = variables.filter(({ env, required }) => required && known[env] === undefined);
  return { values: Object.fromEntries(entries), wanting: wanting.map(({ env }) => env) };
}

const servicePort = (name: string): string => `http://${name}:${HTTP_PORT}`;

/** What the sandbox is given: it knows its partners by the parts they play. */
export const sandboxValues = (data: string): Readonly<Record<string, string>> => {
  if (!isAbsolute(data)) throw new Error(`${data} must be the folder of a volume`);
  const ports = Object.entries(SANDBOX_PORTS).map(([system, port]) => [
    `CROSSDOCK_SANDBOX_${system.toUpperCase()}_PORT`,
    String(port),
  ]);
  return {
    CROSSDOCK_NATS_URL: `nats://nats:${NATS_PORT}`,
    CROSSDOCK_HTTP_HOST: '0.0.0.0',
    CROSSDOCK_ISSUER_URL: sandbox('tokens'),
    CROSSDOCK_ORDERS_URL: servicePort('order-orchestration'),
    CROSSDOCK_INVENTORY_URL: servicePort('inventory-propagation'),
    CROSSDOCK_SHIPMENTS_URL: servicePort('shipment-normalization'),
    CROSSDOCK_SANDBOX_DATA: data,
    ...Object.fromEntries(ports),
  };
};
