/**
 * One declaration per message: `defineEvent` for what happened, `defineCommand` for what is asked. Type, subject,
 * JSON Schema, validators and catalogue row all derive from the class with its class-validator decorators.
 */
import { partitionOf, partitionToken, type Contract } from '@crossdock/kernel';

/** The kinds of lane: what decides the partition. All messages of one decider carry the same kind. */
export type LaneKind = 'account' | 'node' | 'item' | 'entity' | 'tracking' | 'self';
export interface LaneRule<D> {
  readonly kind: LaneKind;
  readonly of: (data: D) => string;
}
const laneOf =
  (kind: LaneKind) =>
  <D>(of: (data: D) => string): LaneRule<D> => ({ kind, of });
/** by root account: orders and all that concerns them; a guest's order by itself (see `accountLane`) */
export const byAccount = laneOf('account');
/** by fulfilment node: stock */
export const byNode = laneOf('node');
/** by item: availability */
export const byItem = laneOf('item');
/** by legal entity: numbers without gaps, ledger */
export const byEntity = laneOf('entity');
/** by tracking number */
export const byTracking = laneOf('tracking');
/** by its own key: reference data, where every state stands alone */
export const bySelf = laneOf('self');

/** Account of buyers without one; such an order shares its lane with nobody. */
export const GUEST = 'GUEST';
export const accountLane = (account: string, own: string): string => (account === GUEST ? own : account);

export const DOMAINS = {
  orders: { stream: 'ORDERS', owner: 'order-orchestration', team: '@crossdock/orders' },
  inventory: { stream: 'INVENTORY', owner: 'inventory-propagation', team: '@crossdock/inventory' },
  shipments: { stream: 'SHIPMENTS', owner: 'shipment-normalization', team: '@crossdock/shipments' },
  finance: { stream: 'FINANCE', owner: 'finance-posting', team: '@crossdock/finance' },
  masterdata: { stream: 'MASTERDATA', owner: 'sandbox', team: '@crossdock/masterdata' },
  connectors: { stream: 'CONNECTORS', owner: 'connectors', team: '@crossdock/connectors' },
} as const;
export type Domain = keyof typeof DOMAINS;

/**
 * How a message travels: `stream` on its domain's stream for everyone; `private` on the stream, but for its own service
 * only; `door` an input from HTTP; `timer` a message to oneself; `ask` a question to the outside; `answer` its answer.
 * The last four never stand on a stream.
 */
export type Travels = 'stream' | 'private' | 'door' | 'timer' | 'ask' | 'answer';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- one table holds messages of many types
export interface Message<D = any> extends Contract<D> {
  readonly domain: Domain;
  readonly name: string;
  readonly form: 'evt' | 'cmd';
  readonly travels: Travels;
  readonly laneKind: LaneKind;
  readonly dataClass: new () => D;
  readonly stream: string;
  /** one sentence for the catalogue */
  readonly about: string;
  /** true when a newer message of the same key makes an older one pointless: merged per batch */
  readonly newestValue: boolean;
  /** `<domain>.<evt|cmd>.<name>.v<major>.<pp>` */
  subject(data: D): string;
}
export type DataOf<C> = C extends Contract<infer D> ? D : never;

export interface MessageOptions<D> {
  readonly about: string;
  readonly key: (data: D) => string;
  readonly lane: LaneRule<D>;
  readonly travels?: Travels;
  readonly newestValue?: boolean;
}

const registry = new Map<string, Message>();
export const contractId = (type: string, version: number): string => `${type}.v${version}`;
/** Every message declared so far, in order of declaration. */
export const allMessages = (): readonly Message[] => [...registry.values()];
export const findMessage = (type: string, version: number): Message | undefined =>
  registry.get(contractId(type, version));

const define = <D extends object>(
  form: 'evt' | 'cmd',
  domain: Domain,
  name: string,
  version: number,
  dataClass: new () => D,
  options: MessageOptions<D>,
): Message<D> => {
  const type = `${domain}.${form}.${name}`;
  const id = contractId(type, version);
  if (registry.has(id)) throw new Error(`${id} is declared twice`);
  const message: Message<D> = {
    type,
    version,
    domain,
    name,
    form,
    dataClass,
    travels: options.travels ?? 'stream',
    laneKind: options.lane.kind,
    stream: DOMAINS[domain].stream,
    about: options.about,
    newestValue: options.newestValue ?? false,
    key: options.key,
    lane: options.lane.of,
    subject: (data) => `${type}.v${version}.${partitionToken(partitionOf(options.lane.of(data)))}`,
  };
  registry.set(id, message as Message);
  return message;
};

/** Declares a fact: `defineEvent('orders', 'order-created', 1, OrderCreatedData, { about, key, lane })`. */
export const defineEvent = <D extends object>(
  domain: Domain,
  name: string,
  version: number,
  dataClass: new () => D,
  options: MessageOptions<D>,
): Message<D> => define('evt', domain, name, version, dataClass, options);

/** Declares a request: `defineCommand('inventory', 'reserve-stock', 1, ReserveStockData, { about, key, lane })`. */
export const defineCommand = <D extends object>(
  domain: Domain,
  name: string,
  version: number,
  dataClass: new () => D,
  options: MessageOptions<D>,
): Message<D> => define('cmd', domain, name, version, dataClass, options);
