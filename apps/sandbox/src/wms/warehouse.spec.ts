import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Carrier } from '../carrier/carrier.js';
import { signatureOf } from '../carrier/easypost.js';
import { Faults, readFault } from '../faults/fault.js';
import { hangUp } from '../web/call.js';
import { Callbacks } from '../web/callbacks.js';
import { Partner } from '../web/partner.builders.js';
import type { FulfilmentRequest } from './book.js';
import { Warehouse } from './warehouse.js';

const aRequest = (more: Partial<FulfilmentRequest> = {}): FulfilmentRequest => ({
  fulfilmentId: 'fulfilment-1',
  orderNo: '536365',
  node: 'DC1',
  shipTo: { country: 'GB', city: 'Leeds' },
  lines: [
    { lineNo: 1, item: 'TEA', quantity: 6 },
    { lineNo: 2, item: 'POT', quantity: 1 },
  ],
  ...more,
});

describe('the warehouse and its carrier', () => {
  let folder: string;
  let service: Partner;
  let answers: (path: string, nth: number) => number;
  let faults: Faults;
  let stopping: AbortController;
  let opened: { close(): Promise<void> }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-wms-'));
    answers = () => 200;
    service = await Partner.open(({ path }, nth) => answers(path, nth));
    faults = new Faults();
    opened = [];
  });
  afterEach(async () => {
    await stop();
    hangUp();
    service.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens both over the books in the folder, as a start of the process does. */
  const open = async (more: { shortPickRate?: number } = {}) => {
    stopping = new AbortController();
    const { signal } = stopping;
    const callbacks = new Callbacks(faults);
    const web = { concurrency: 4, shipmentsUrl: service.url };
    const carrier = await Carrier.open(
      folder,
      { ...web, connection: 'acme-easypost', secret: 'secret', conduct: { stepMs: 0 } },
      { callbacks, signal },
    );
    const warehouse = await Warehouse.open(
      folder,
      { ...web, linesPerPackage: 100, conduct: { stepMs: 0, shortPickRate: more.shortPickRate ?? 0 } },
      { callbacks, token: () => Promise.resolve('a-token'), handOver: (parcels) => carrier.take(parcels), signal },
    );
    opened.push(warehouse, carrier);
    warehouse.resume();
    carrier.resume();
    return { warehouse, carrier };
  };
  const stop = async () => {
    stopping.abort();
    await Promise.all(opened.splice(0).map((one) => one.close()));
  };
  const picks = () => service.on('/v1/fulfilments/fulfilment-1/picks');
  const dispatches = () => service.on('/v1/fulfilments/fulfilment-1/dispatches');
  const webhooks = () => service.on('/webhooks/easypost/acme-easypost');
  const scansOf = (raw: string) =>
    (JSON.parse(raw) as { result: { tracking_details: unknown[] } }).result.tracking_details.length;

  it('picks, dispatches and delivers a fulfilment order, telling each step', async () => {
    const { warehouse, carrier } = await open();
    const { wmsRef } = await warehouse.take(aRequest());
    await service.hears(4, '/webhooks');
    expect(picks()[0]?.body).toMatchObject({
      documentNo: `${wmsRef}-P1`,
      lines: [
        { lineNo: 1, picked: 6, short: 0 },
        { lineNo: 2, picked: 1, short: 0 },
      ],
    });
    expect(picks()[0]?.headers).toMatchObject({ authorization: 'Bearer a-token', 'idempotency-key': `${wmsRef}-P1` });
    const [trackingNo] = carrier.all().map((parcel) => parcel.trackingNo);
    expect(dispatches()[0]?.body).toMatchObject({
      documentNo: `${wmsRef}-D1`,
      packages: [
        {
          trackingNo,
          sscc: expect.stringMatching(/^\d{18}$/) as string,
          contents: [
            { lineNo: 1, quantity: 6 },
            { lineNo: 2, quantity: 1 },
          ],
        },
      ],
    });
    expect(webhooks().map(({ raw }) => scansOf(raw))).toEqual([1, 2, 3, 4]);
    expect(webhooks().every(({ raw, headers }) => headers['x-hmac-signature'] === signatureOf(raw, 'secret'))).toBe(
      true,
    );
  });

  it('gives the same reference when it is asked again, and does nothing twice', async () => {
    const { warehouse } = await open();
    const first = await warehouse.take(aRequest());
    expect(await warehouse.take(aRequest())).toMatchObject({ wmsRef: first.wmsRef });
    await service.hears(4, '/webhooks');
    expect([picks().length, dispatches().length]).toEqual([1, 1]);
    await expect(warehouse.take(aRequest({ lines: [{ lineNo: 1, item: 'TEA', quantity: 7 }] }))).rejects.toMatchObject({
      status: 409,
    });
  });

  it('calls back until it is heard, with the same document every time', async () => {
    answers = (_path, nth) => (nth <= 3 ? 503 : 200);
    const { warehouse } = await open();
    await warehouse.take(aRequest());
    await service.hears(4, '/webhooks');
    expect(new Set(picks().map(({ raw }) => raw)).size).toBe(1);
    expect(picks()).toHaveLength(4);
  });

  it('stops at what is refused for good, and says so in its books', async () => {
    answers = (path) => (path.endsWith('/picks') ? 422 : 200);
    const { warehouse } = await open();
    const { wmsRef } = await warehouse.take(aRequest());
    while (warehouse.book.find('fulfilment-1')?.step === 'taken') await setImmediate();
    await stop();
    const { warehouse: again } = await open();
    expect(again.book.find('fulfilment-1')).toMatchObject({ step: 'refused', refusal: `${wmsRef} picks: 422 {}` });
    expect(dispatches()).toHaveLength(0);
  });

  it('goes on after a kill where it was, with the documents it had', async () => {
    answers = (path) => (path.endsWith('/dispatches') ? 503 : 200);
    const { warehouse } = await open();
    await warehouse.take(aRequest());
    await service.hears(1, '/v1/fulfilments/fulfilment-1/dispatches');
    await stop();
    const before = dispatches()[0]?.raw;
    answers = () => 200;
    await open();
    await service.hears(4, '/webhooks');
    expect(picks()).toHaveLength(1);
    expect(dispatches().every(({ raw }) => raw === before)).toBe(true);
  });

  it('delivers after a kill what was on its way', async () => {
    answers = (path) => (path.startsWith('/webhooks') && webhooks().length > 2 ? 503 : 200);
    const { warehouse } = await open();
    await warehouse.take(aRequest());
    await service.hears(3, '/webhooks');
    await stop();
    answers = () => 200;
    const { carrier } = await open();
    await service.hears(webhooks().length + 2, '/webhooks');
    expect(scansOf(webhooks().at(-1)?.raw ?? '')).toBe(4);
    expect(carrier.all()).toHaveLength(1);
  });

  it('picks short once per order when it is to', async () => {
    const { warehouse } = await open({ shortPickRate: 1 });
    await warehouse.take(aRequest());
    await warehouse.take(aRequest({ fulfilmentId: 'fulfilment-2', lines: [{ lineNo: 1, item: 'TEA', quantity: 3 }] }));
    expect(await warehouse.details('fulfilment-1')).toMatchObject({
      picks: [
        { lineNo: 1, picked: 3, short: 3 },
        { lineNo: 2, picked: 1, short: 0 },
      ],
    });
    expect(await warehouse.details('fulfilment-2')).toMatchObject({ picks: [{ lineNo: 1, picked: 3, short: 0 }] });
    await service.hears(8, '/webhooks');
    expect(warehouse.book.summary()).toMatchObject({ fulfilments: 2, units: 10, short: 3 });
  });

  it('sends callbacks twice, the copy under another key, when a fault says so', async () => {
    const fault = readFault({ system: 'wms', kind: 'duplicate' });
    if ('fault' in fault) faults.add(fault.fault);
    const { warehouse } = await open();
    await warehouse.take(aRequest());
    await service.hears(4, '/webhooks');
    expect(picks()).toHaveLength(2);
    expect(picks()[0]?.raw).toBe(picks()[1]?.raw);
    expect(new Set(picks().map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  it.each([
    [{}, 'fulfilmentId'],
    [aRequest({ lines: [] }), 'lines'],
    [aRequest({ lines: [{ lineNo: 1, item: 'TEA', quantity: 0 }] }), 'quantity'],
  ])('refuses what it cannot work off', async (request, named) => {
    const { warehouse } = await open();
    await expect(warehouse.take(request)).rejects.toThrow(named);
  });
});
