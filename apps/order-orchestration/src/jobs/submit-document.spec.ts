import type { ParkDocumentData } from '@crossdock/contracts';
import type { Caller, Door } from '@crossdock/runtime';
import type { ReadDocument } from '../translate/document.js';
import { submitDocument, type Intake } from './submit-document.js';

const intake = (parked: ParkDocumentData[]): Intake => ({
  door: {
    submit: (_contract: unknown, data: ParkDocumentData) => {
      parked.push(data);
      return Promise.resolve({ kind: 'accept' });
    },
  } as unknown as Door,
  caller: { tenant: 'acme' } as Caller,
  channel: 'file',
  source: 'orders.ndjson',
  origin: 'job',
  maxLines: 10,
  daysAhead: 0,
  wasParked: false,
});

describe('a document of a file that our own code stumbles over', () => {
  it('is put aside with what went wrong, and holds nothing up', async () => {
    const parked: ParkDocumentData[] = [];
    const sly = { kind: 'order', documentNo: 'D1', row: 7, document: null } as unknown as ReadDocument;
    expect(await submitDocument(sly, intake(parked))).toMatchObject({ reason: 'decision-failed' });
    expect(parked).toMatchObject([
      {
        documentNo: 'D1',
        reason: 'decision-failed',
        source: 'orders.ndjson:7',
        text: expect.stringMatching(/null/) as string,
      },
    ]);
  });
});
