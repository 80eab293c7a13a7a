import { IsBoolean, IsInt, IsObject, IsOptional, IsString, Min } from 'class-validator';
import { jwksUrlOf, RuntimeSettings, Secret, settingsFrom, SettingsFault } from '../src/index.js';

class ShopSettings {
  @IsString() erpUrl = 'http://erp';
  @IsInt() @Min(1) linesMost = 5_000;
  @IsBoolean() strict = false;
  @IsObject() shopifyConnections: Record<string, { tenant: string }> = {};
  @IsOptional() @IsInt() holdMinutes?: number;
  @Secret() @IsString() apiKey = 'none';
}
const needed = {
  CROSSDOCK_NATS_URL: 'nats://user:password@one:4222,nats://two:4222',
  CROSSDOCK_MONGO_URL: 'mongodb://u:p@one:27017,two:27017/orders?replicaSet=rs0',
  CROSSDOCK_ISSUER_URL: 'http://127.0.0.1:4000/',
};

describe('settings', () => {
  it('come from CROSSDOCK variables, each as its field is typed, with defaults for the rest', () => {
    const env = {
      CROSSDOCK_ERP_URL: 'http://127.0.0.1:1',
      CROSSDOCK_LINES_MOST: '7',
      CROSSDOCK_STRICT: 'true',
      CROSSDOCK_SHOPIFY_CONNECTIONS: '{"one":{"tenant":"acme"}}',
      CROSSDOCK_HOLD_MINUTES: '5',
    };
    const [shop] = settingsFrom(env, ShopSettings);
    expect(shop).toEqual({
      erpUrl: 'http://127.0.0.1:1',
      linesMost: 7,
      strict: true,
      shopifyConnections: { one: { tenant: 'acme' } },
      holdMinutes: 5,
      apiKey: 'none',
    });
    expect(settingsFrom({}, ShopSettings)[0].linesMost).toBe(5_000);
    expect(settingsFrom({ CROSSDOCK_LINES_MOST: '' }, ShopSettings)[0].linesMost).toBe(5_000);
  });
  it('of the runtime need a broker, a database and an issuer only', () => {
    const [settings] = settingsFrom(needed, RuntimeSettings);
    expect(settings).toMatchObject({
      httpHost: '127.0.0.1',
      leaseMs: 3_000,
      bindOnly: false,
      lanes: {},
      bodyLimitBytes: 16 * 1024 * 1024,
    });
    expect(jwksUrlOf(settings)).toBe('http://127.0.0.1:4000/.well-known/jwks.json');
  });
  it('that are wrong are told all at once, by field, variable, rule and value', () => {
    const env = {
      CROSSDOCK_LINES_MOST: 'many',
      CROSSDOCK_STRICT: 'maybe',
      CROSSDOCK_SHOPIFY_CONNECTIONS: '{"one": {"secret":"abc"}',
      CROSSDOCK_HTTP_PORT: '70000',
    };
    let fault: unknown;
    try {
      settingsFrom(env, RuntimeSettings, ShopSettings);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(SettingsFault);
    const { faults, message } = fault as SettingsFault;
    expect(faults.map(({ field }) => field).sort()).toEqual([
      'httpPort',
      'issuerUrl',
      'linesMost',
      'mongoUrl',
      'natsUrl',
      'shopifyConnections',
      'strict',
    ]);
    expect(faults.find(({ field }) => field === 'linesMost')).toMatchObject({
      env: 'CROSSDOCK_LINES_MOST',
      value: '"many"',
    });
    expect(message).toContain('CROSSDOCK_STRICT: must be a boolean value (is "maybe")');
    expect(message).not.toContain('abc');
  });
});
