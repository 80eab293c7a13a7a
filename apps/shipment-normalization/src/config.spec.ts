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
  it('tell every fault at once', () => {
    expect(faultsOf({ CROSSDOCK_WMS_URL: 'wms', CROSSDOCK_TRACKING_STALE_AFTER_MS: 'soon' })).toHaveLength(2);
  });
});
