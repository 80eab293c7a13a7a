/** The outside world in one process: every system an HTTP server of its own with its own books. */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openCarrier } from './carrier/carrier.server.js';
import { Carrier } from './carrier/carrier.js';
import { SYSTEMS, type SandboxSettings, type System } from './config.js';
import { openErp } from './erp/erp.server.js';
import { Erp } from './erp/erp.js';
import { Faults } from './faults/fault.js';
import { Catalogue } from './masterdata/catalogue.js';
import { Importer } from './masterdata/importer.js';
import { Imports } from './masterdata/imports.js';
import { openMasterData } from './masterdata/masterdata.server.js';
import { Publisher } from './masterdata/publish.js';
import { ShopBook } from './shop/book.js';
import { openShop } from './shop/shop.server.js';
import { sellables } from './shop/sellables.js';
import { Issuer } from './tokens/issuer.js';
import { Keys } from './tokens/keys.js';
import { openTokens } from './tokens/tokens.server.js';
import { openAdministration, type Conducts } from './web/admin.js';
import { hangUp } from './web/call.js';
import { Callbacks } from './web/callbacks.js';
import { createServer } from './web/server.js';
import { openWms } from './wms/wms.server.js';
import { Warehouse } from './wms/warehouse.js';

export interface Sandbox {
  /** by system */
  readonly ports: Readonly<Record<System, number>>;
  readonly urls: Readonly<Record<System, string>>;
  stop(): Promise<void>;
}

const conductsOf = (settings: SandboxSettings): Conducts => {
  const plain = () => ({ latencyMs: 0, perSecond: 0 });
  return {
    erp: plain(),
    wms: { ...plain(), stepMs: settings.wmsStepMs, shortPickRate: settings.wmsShortPickRate },
    carrier: { ...plain(), stepMs: settings.carrierStepMs },
    shop: plain(),
    tokens: plain(),
  };
};

/** The systems behind the servers, their books open. */
const openSystems = async (
  settings: SandboxSettings,
  callbacks: Callbacks,
  conducts: Conducts,
  issuerUrl: () => string,
  signal: AbortSignal,
) => {
  const { data, tenant, shipmentsUrl } = settings;
  const keys = await Keys.open(join(data, 'keys.json'));
  const issuer = new Issuer(keys, {
    issuer: issuerUrl,
    audience: settings.audience,
    tenant,
    tokenSeconds: settings.tokenSeconds,
  });
  const token = () => issuer.tokenOf('wms');
  const erp = await Erp.open(data, settings.erpLineLimit);
  const catalogue = await Catalogue.open(data);
  const imports = await Imports.open(data);
  const publisher = new Publisher(settings.natsUrl);
  const door = { url: settings.inventoryUrl, token };
  const importer = await Importer.open({ catalogue, imports, publisher, door, data });
  const carrier = await Carrier.open(
    data,
    {
      concurrency: settings.carrierConcurrency,
      shipmentsUrl,
      connection: settings.easypostConnection,
      secret: settings.easypostSecret,
      conduct: conducts.carrier,
    },
    { callbacks, signal },
  );
  const warehouse = await Warehouse.open(
    data,
    {
      linesPerPackage: settings.wmsLinesPerPackage,
      concurrency: settings.wmsConcurrency,
      shipmentsUrl,
      conduct: conducts.wms,
    },
    { callbacks, token, handOver: (parcels) => carrier.take(parcels), signal },
  );
  const shops = await ShopBook.open(data);
  const close = () =>
    Promise.all([publisher.close(), erp.close(), catalogue.close(), warehouse.close(), carrier.close(), shops.close()]);
  return { keys, issuer, erp, catalogue, imports, publisher, door, importer, carrier, warehouse, shops, close };
};
type Systems = Awaited<ReturnType<typeof openSystems>>;

const openDoors = (
  servers: Record<System, FastifyInstance>,
  systems: Systems,
  settings: SandboxSettings,
  callbacks: Callbacks,
  issuerUrl: () => string,
  signal: AbortSignal,
): void => {
  const { tenant } = settings;
  openTokens(servers.tokens, systems.issuer, systems.keys, issuerUrl);
  openErp(servers.erp, systems.erp);
  openMasterData(servers.erp, { ...systems, tenant });
  openWms(servers.wms, systems.warehouse, callbacks);
  openCarrier(servers.carrier, systems.carrier);
  openShop(servers.shop, {
    ordersUrl: settings.ordersUrl,
    connection: settings.shopifyConnection,
    secret: settings.shopifySecret,
    callbacks,
    book: systems.shops,
    items: () => sellables(systems.catalogue, tenant),
    signal,
  });
};

export const startSandbox = async (settings: SandboxSettings): Promise<Sandbox> => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const faults = new Faults();
  const callbacks = new Callbacks(faults);
  const conducts = conductsOf(settings);
  const servers = Object.fromEntries(
    SYSTEMS.map((system) => [system, createServer({ system, faults, conduct: conducts[system] })]),
  ) as Record<System, FastifyInstance>;
  let urls = {} as Record<System, string>;
  const issuerUrl = () => settings.issuer ?? urls.tokens;
  const systems = await openSystems(settings, callbacks, conducts, issuerUrl, signal);
  for (const app of Object.values(servers)) openAdministration(app, faults, conducts);
  openDoors(servers, systems, settings, callbacks, issuerUrl, signal);
  urls = await listen(servers, settings);
  systems.warehouse.resume();
  systems.carrier.resume();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(Object.values(servers).map((app) => app.close()));
    hangUp();
    await systems.close();
  };
  const ports = Object.fromEntries(SYSTEMS.map((system) => [system, Number(new URL(urls[system]).port)]));
  return { ports: ports as Record<System, number>, urls, stop };
};

const listen = async (
  servers: Record<System, FastifyInstance>,
  { host, ports }: SandboxSettings,
): Promise<Record<System, string>> => {
  const urls = SYSTEMS.map(
    async (system) => [system, await servers[system].listen({ host, port: ports[system] })] as const,
  );
  return Object.fromEntries(await Promise.all(urls)) as Record<System, string>;
};
