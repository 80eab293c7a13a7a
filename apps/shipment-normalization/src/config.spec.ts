import { settingsFrom, type SettingsFault } from '@crossdock/runtime';
import { ShipmentSettings } from './config.js';

const read = (env: Record<string, string>) =>
  settingsFrom({ CROSSDOCK_WMS_URL: 'http://wms:8080', ...env }, ShipmentSettings)[0];
const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    read(env);
    return [];
  } catch (error) {
    return (error as SettingsFault).faults.map((fault) => `${fault.env} ${fault.value}`);
  }
};

describe('the settings', () => {
  it('need the warehouse only', () => {
    expect(read({})).toMatchObject({
      wmsUrl: 'http://wms:8080',
      easypostConnections: {},
      trackingStaleAfterMs: 86_400_000,
    });
  });
  it('name the senders of webhooks with tenant and secret', () => {
    const connections = { acme: { tenant: 'acme', secret: 's' } };
    expect(read({ CROSSDOCK_EASYPOST_CONNECTIONS: JSON.stringify(connections) }).easypostConnections).toEqual(
      connections,
    );
  });
  it.each([
    '{"acme":{"tenant":"acme"}}',
    '[]',
    '"acme"',
    'acme',
    '{"acme":null}',
    '{"acme":{"tenant":"","secret":"s"}}',
  ])('refuse senders without both, and do not show them: %s', (text) => {
    expect(faultsOf({ CROSSDOCK_EASYPOST_CONNECTIONS: text })).toEqual(['CROSSDOCK_EASYPOST_CONNECTIONS ***']);
  });
  const hmac = { scheme: 'hmac-sha256', secret: 's', header: 'x-sig', encoding: 'base64' };
  const connection = (more: object): string =>
    JSON.stringify({ acme: { tenant: 'acme', signing: { ...hmac, ...more } } });
  it('name the senders of other carriers with how each signs', () => {
    const connections = {
      hub: { tenant: 'acme', carrier: 'aftership', signing: hmac },
      std: { tenant: 'acme', signing: { scheme: 'standard-webhooks', secret: 'whsec_AAAA' } },
      ups: { tenant: 'acme', signing: { scheme: 'token', secret: 't', header: 'credential' } },
    };
    expect(read({ CROSSDOCK_CARRIER_CONNECTIONS: JSON.stringify(connections) }).carrierConnections).toEqual(
      connections,
    );
  });
  it.each([
    connection({ scheme: 'md5' }),
    connection({ secret: '' }),
    connection({ header: 'X Sig' }),
    connection({ encoding: 'base32' }),
    '{"acme":{"tenant":"acme"}}',
  ])('refuse senders that can not be believed, and do not show them: %s', (text) => {
    expect(faultsOf({ CROSSDOCK_CARRIER_CONNECTIONS: text })).toEqual(['CROSSDOCK_CARRIER_CONNECTIONS ***']);
  });
  it('name the carriers that are asked, by URL and headers', () => {
    const accounts = { ups: { url: 'https://ups.example', headers: { authorization: 'Bearer t' } } };
    expect(read({ CROSSDOCK_CARRIER_ACCOUNTS: JSON.stringify(accounts) }).carrierAccounts).toEqual(accounts);
    for (const wrong of [
      '{"UPS":{"url":"https://x","headers":{}}}',
      '{"ups":{"url":"ftp://x","headers":{}}}',
      '{"ups":{"url":"https://x"}}',
    ])
      expect(faultsOf({ CROSSDOCK_CARRIER_ACCOUNTS: wrong })).toEqual(['CROSSDOCK_CARRIER_ACCOUNTS ***']);
  });
  it('tell every fault at once', () => {
    expect(faultsOf({ CROSSDOCK_WMS_URL: 'wms', CROSSDOCK_TRACKING_STALE_AFTER_MS: 'soon' })).toHaveLength(2);
  });
});
