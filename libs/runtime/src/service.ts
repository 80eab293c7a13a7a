/** What a service is: one table of contents that names what it hears, says, asks and opens. Everything derives from it. */
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import type { Decider } from '@crossdock/kernel';
import { DOMAINS, findMessage, type Domain, type Message } from '@crossdock/contracts';
import type { AskHandler } from './ask/ask.js';
import type { DiscardOf, RetryOf } from './door/cases.js';
import type { JobHandler } from './jobs/job.js';
import type { Mirror } from './mirror/mirror.js';

export interface ServiceDefinition {
  /** name of the app, the database and the durable consumers */
  readonly name: string;
  /** the domain whose messages it says */
  readonly domain: Domain;
  /** one sentence: what it is for */
  readonly about: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- deciders of many state types in one table
  readonly decides: readonly Decider<any, any>[];
  /** every message that its rules or asks may say; one that is not here is refused before it is stored */
  readonly says: readonly Message[];
  readonly asks: readonly AskHandler[];
  /** HTTP controllers */
  readonly opens: readonly Type[];
  /** settings class with class-validator decorators; field `erpUrl` is read from CROSSDOCK_ERP_URL */
  readonly settings?: Type<object>;
  /** content types whose bodies come as streams, beside those that every service takes so */
  readonly uploads?: readonly string[];
  readonly jobs?: readonly JobHandler[];
  /** newest values kept in KV buckets, for those who want no history */
  readonly mirrors?: readonly Mirror[];
  /** what a retry of a case puts in again, by reason; `*` for every other reason */
  readonly retries?: Readonly<Record<string, RetryOf>>;
  /** what a discard puts in, by reason or `*`, where closing the case is not enough */
  readonly discards?: Readonly<Record<string, DiscardOf>>;
  readonly providers?: readonly Provider[];
  readonly imports?: readonly DynamicModule[];
}

/** Injected as `@Inject(SERVICE) service: ServiceDefinition`. */
export const SERVICE = Symbol('crossdock:service');

export const defineService = (definition: ServiceDefinition): ServiceDefinition => definition;

/** The contract behind a rule, as `contracts` declares it. */
export const messageOf = (contract: { readonly type: string; readonly version: number }): Message => {
  const message = findMessage(contract.type, contract.version);
  if (!message) throw new Error(`${contract.type}.v${contract.version} is not declared in contracts`);
  return message;
};

/** Messages a decider takes from streams, by the kind of travel. */
export const heardBy = (decider: Pick<Decider, 'rules'>): readonly Message[] =>
  decider.rules
    .map((rule) => messageOf(rule.hears))
    .filter(({ travels }) => travels === 'stream' || travels === 'private');

/** Every message that a service takes from streams. */
export const heard = (service: ServiceDefinition): readonly Message[] => [
  ...new Set(service.decides.flatMap((decider) => heardBy(decider))),
];

export const streamOf = (service: ServiceDefinition): string => DOMAINS[service.domain].stream;
