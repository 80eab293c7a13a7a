import { readSettings } from './config.js';

const URLS = {
  CROSSDOCK_NATS_URL: 'nats://127.0.0.1:4222',
  CROSSDOCK_INVENTORY_URL: 'http://127.0.0.1:1/',
  CROSSDOCK_SHIPMENTS_URL: 'http://127.0.0.1:2',
  CROSSDOCK_ORDERS_URL: 'http://127.0.0.1:3',
};

describe('settings of the sandbox', () => {
  it('need the broker and three services, no more', () => {
    expect(readSettings(URLS)).toMatchObject({
      inventoryUrl: 'http://127.0.0.1:1',
      ports: { erp: 0, wms: 0, carrier: 0, shop: 0, tokens: 0 },
      tenant: 'acme',
      erpLineLimit: 200,
    });
  });

  it('are refused with every fault at once', () => {
    const wrong = {
      ...URLS,
      CROSSDOCK_NATS_URL: 'nowhere',
      CROSSDOCK_SANDBOX_ERP_PORT: '99999',
      CROSSDOCK_SANDBOX_WMS_SHORT_PICK_RATE: 'often',
    };
    expect(() => readSettings(wrong)).toThrow(
      /CROSSDOCK_SANDBOX_ERP_PORT[^]*CROSSDOCK_NATS_URL[^]*CROSSDOCK_SANDBOX_WMS_SHORT_PICK_RATE/,
    );
  });
});
