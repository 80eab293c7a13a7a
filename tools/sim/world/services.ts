/** The four services as their teams define them, from their sources; the simulator adds nothing to them. */
import type { Type } from '@nestjs/common';
import { messageOf, withCaseRules, type ServiceDefinition } from '@crossdock/runtime';

import { watched } from './coverage.ts';

export const ORDERS = 'order-orchestration';
export const INVENTORY = 'inventory-propagation';
export const SHIPMENTS = 'shipment-normalization';
export const FINANCE = 'finance-posting';
export const SERVICES = [ORDERS, INVENTORY, SHIPMENTS, FINANCE] as const;
export type ServiceName = (typeof SERVICES)[number];

const isDefinition = (value: unknown): value is ServiceDefinition =>
  typeof value === 'object' && value !== null && 'decides' in value && 'says' in value && 'opens' in value;

const load = async (name: ServiceName): Promise<ServiceDefinition> => {
  const url = new URL(`../../../apps/${name}/src/${name}.service.ts`, import.meta.url);
  const found = Object.values((await import(url.href)) as object).find(isDefinition);
  if (!found) throw new Error(`${name} exports no service definition`);
  return watched(withCaseRules(found));
};

export type Definitions = Readonly<Record<ServiceName, ServiceDefinition>>;
export const loadDefinitions = async (): Promise<Definitions> =>
  Object.fromEntries(
    await Promise.all(SERVICES.map(async (name) => [name, await load(name)] as const)),
  ) as unknown as Definitions;

/** Settings of a service in the simulated world: addresses that only its own outside knows. */
export const settingsOf = ({ settings: Settings }: ServiceDefinition): object => {
  const own = Settings ? (new (Settings as Type<object>)() as Record<string, unknown>) : {};
  return Object.assign(own, {
    erpUrl: 'http://erp',
    wmsUrl: 'http://wms',
    carrierAccounts: { ups: { url: 'http://carrier', headers: {} } },
    erpLineLimit: 2,
    easypostConnections: Object.fromEntries(
      TENANTS.map((tenant) => [tenant, { tenant, secret: `secret of ${tenant}` }]),
    ),
  });
};
export const TENANTS = ['acme', 'globex'] as const;
export type Tenant = (typeof TENANTS)[number];

/** `<decider> hears <type>` of every rule: what coverage is measured against. */
export const rulesOf = (definitions: Definitions): readonly string[] =>
  Object.values(definitions).flatMap(({ decides }) =>
    decides.flatMap(({ name, rules }) => rules.map(({ hears }) => `${name} hears ${messageOf(hears).name}`)),
  );
