/** The edge in one process: connectors and shipment-normalization behind their doors, over one broker, in simulated time. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Type } from '@nestjs/common';
import { SaveMapping, SavePartner } from '@crossdock/contracts';
import { declaredStreams, developmentOptions, type Caller, type ServiceDefinition } from '@crossdock/runtime';
import { MemoryStreams, SimulatedClock } from '@crossdock/testing';
import type { Handed } from '../documents.ts';
import { Member } from './member.ts';
import {
  CONNECTIONS,
  connectorsSettings,
  MAPPED,
  profiles,
  RULES,
  SHIPMENTS_SETTINGS,
  signed,
  TENANT,
} from '../partners.ts';

/** After the validity of every mapping of carriers' codes began, and of all that is agreed. */
const BEGINS = Date.parse('2030-03-04T09:00:00.000Z');
const FROM = '2020-01-01';
/** Simulated time within which everything must be over: longer than an ask is tried. */
const OVER_MS = 900_000;
const STEP_MS = 20;

/** What a door answered: of connectors the file, of shipment-normalization the packages that it told of. */
export interface Taken {
  readonly hash?: string;
  readonly fileId?: string;
  readonly trackingNos?: readonly string[];
  readonly faults?: readonly { readonly code: string; readonly text: string }[];
}
type Tell = (name: string, body: Buffer, headers: Readonly<Record<string, string>>, anyone: Caller) => Promise<Taken>;
interface Doors {
  readonly files: { upload(caller: Caller, bytes: Buffer, partner?: string): Promise<Taken> };
  readonly webhooks: {
    take(caller: Caller, connection: string, bytes: Buffer, headers: Readonly<Record<string, string>>): Promise<Taken>;
  };
  readonly carriers: { tell: Tell };
  readonly easypost: { tell: Tell };
}

export interface Definitions {
  readonly connectors: ServiceDefinition;
  readonly shipments: ServiceDefinition;
}
const isDefinition = (value: unknown): value is ServiceDefinition =>
  typeof value === 'object' && value !== null && 'decides' in value && 'says' in value && 'opens' in value;
const load = async (name: string): Promise<ServiceDefinition> => {
  const url = new URL(`../../../apps/${name}/src/${name}.service.ts`, import.meta.url);
  const found = Object.values((await import(url.href)) as object).find(isDefinition);
  if (!found) throw new Error(`${name} exports no service definition`);
  return found;
};
export const loadDefinitions = async (): Promise<Definitions> => ({
  connectors: await load('connectors'),
  shipments: await load('shipment-normalization'),
});

const CONNECTORS_SETTINGS = connectorsSettings('http://127.0.0.1:9');
const settingsOf = ({ settings: Settings }: ServiceDefinition, given: object): object =>
  Object.assign(Settings ? (new (Settings as Type<object>)() as object) : {}, given);

export class Edge {
  readonly clock = new SimulatedClock(BEGINS);
  readonly connectors: Member;
  readonly shipments: Member;
  /** what went wrong beside any answer */
  readonly troubles: string[] = [];
  private readonly doors: Doors;
  private readonly senders: readonly string[];

  constructor(definitions: Definitions, senders: readonly string[]) {
    this.senders = senders;
    const { clock } = this;
    const streams = new MemoryStreams(() => clock.now());
    for (const { name } of declaredStreams(developmentOptions)) streams.add(name);
    const trouble = (text: string): void => void this.troubles.push(text);
    const member = (definition: ServiceDefinition, given: object): Member =>
      new Member({ definition, settings: settingsOf(definition, given), clock, streams, trouble });
    this.connectors = member(definitions.connectors, CONNECTORS_SETTINGS);
    this.shipments = member(definitions.shipments, SHIPMENTS_SETTINGS);
    this.doors = this.opened(definitions);
  }
  private opened(definitions: Definitions): Doors {
    const { connectors, shipments } = this;
    const own = settingsOf(definitions.connectors, CONNECTORS_SETTINGS);
    const ofShipments = settingsOf(definitions.shipments, SHIPMENTS_SETTINGS);
    const { door, queries, archive } = connectors;
    const at = shipments;
    return {
      files: connectors.opens('FilesController', door, queries, archive, own),
      webhooks: connectors.opens('WebhooksController', door, archive, own),
      carriers: shipments.opens('CarriersController', at.door, at.archive, ofShipments, at.watch),
      easypost: shipments.opens('EasypostController', at.door, at.archive, ofShipments),
    };
  }

  async open(): Promise<void> {
    await this.over(Promise.all([this.connectors.start(), this.shipments.start()]));
    await this.over(Promise.all(Object.entries(profiles(this.senders)).map((one) => this.agree(...one))));
  }
  private async agree(partner: string, profile: ReturnType<typeof profiles>[string]): Promise<void> {
    const { door } = this.connectors;
    const said = { partner, author: 'the fuzzer', validFrom: FROM };
    const answers = await Promise.all([
      door.submit(SavePartner, { ...said, profile }, this.caller()),
      ...MAPPED.map((kind) => door.submit(SaveMapping, { ...said, kind, rules: RULES }, this.caller())),
    ]);
    const refused = answers.find(({ kind }) => kind === 'reject');
    if (refused) throw new Error(`${partner} is not agreed with: ${JSON.stringify(refused)}`);
  }

  private callers = 0;
  private caller(): Caller {
    const correlationId = `fuzz-${++this.callers}`;
    return { tenant: TENANT, actor: { kind: 'user', id: 'fuzz' }, scopes: [], correlationId };
  }

  /** Hands a document in by its door, as a controller of Nest's would get it. */
  hand({ door, bytes }: Pick<Handed, 'door' | 'bytes'>): Promise<Taken> {
    const { files, webhooks, carriers, easypost } = this.doors;
    const caller = this.caller();
    const headers = signed(bytes);
    switch (door) {
      case 'upload':
        return files.upload(caller, bytes, 'STORES');
      case 'upload of nobody':
        return files.upload(caller, bytes);
      case 'webhook':
        return webhooks.take(caller, CONNECTIONS.partner, bytes, headers);
      case 'shop webhook':
        return webhooks.take(caller, CONNECTIONS.shop, bytes, headers);
      case 'carrier webhook':
        return carriers.tell(CONNECTIONS.carrier, bytes, headers, caller);
      case 'easypost webhook':
        return easypost.tell(CONNECTIONS.easypost, bytes, headers, caller);
    }
  }

  /** Lets time go on until a promise is settled. Throws when everybody sleeps, or it takes too long. */
  async over<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const end = (): void => void (isSettled = true);
    promise.then(end, end);
    const waits = await this.until(() => (isSettled ? undefined : 'somebody waits for an answer'));
    if (waits !== undefined) throw new Error(waits);
    return promise;
  }
  /** Lets time go on until nothing is under way; what still is when it takes too long, in words. */
  rest(): Promise<string | undefined> {
    return this.until(() => this.connectors.busy() ?? this.shipments.busy());
  }
  private async until(busy: () => string | undefined): Promise<string | undefined> {
    const end = this.clock.now() + OVER_MS;
    for (;;) {
      // Streams of the archive go on from tick to tick: what they do takes no time.
      await turn();
      const why = busy();
      if (why === undefined) return undefined;
      if (this.clock.stalled) return `somebody goes round in circles: ${why}`;
      if (this.clock.now() > end) return why;
      await this.clock.pass(STEP_MS);
    }
  }
}
