/** What the service needs to run on a test's own servers; a test adds what it is about. */
import type { Stack } from '@crossdock/testing';
import type { TokenIssuer } from './token-issuer.js';
import type { Warehouse } from './warehouse.js';

export const settingsOf = (servers: Stack, issuer: TokenIssuer, warehouse: Warehouse): Record<string, string> => ({
  CROSSDOCK_NATS_URL: servers.nats.url,
  CROSSDOCK_MONGO_URL: servers.mongo.url('shipment-normalization'),
  CROSSDOCK_ISSUER_URL: issuer.url,
  CROSSDOCK_HTTP_PORT: '0',
  CROSSDOCK_LOG_LEVEL: 'silent',
  CROSSDOCK_LEASE_MS: '1000',
  CROSSDOCK_WMS_URL: warehouse.url,
});
