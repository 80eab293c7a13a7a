/** Payloads with bytes and values changed: reading never throws, and what it makes is always what our contract takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { IngestTracking, violationsOf } from '@crossdock/contracts';
import { CARRIERS, readTracking } from './index.js';
import { ingestOf, type Heard } from './ingest.js';

const heard: Heard = {
  source: 'carrier-webhook',
  deliveryId: 'd',
  receivedAt: '2026-03-05T00:00:00.000Z',
  trackingNo: 'T',
};
const payloads = CARRIERS.flatMap(({ table }) => {
  const folder = join(import.meta.dirname, table.carrier, 'golden');
  const names = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
  return names.map((name) => readFileSync(join(folder, name)));
});
const check = (payload: Uint8Array | string): void => {
  const { messages, faults } = ingestOf(readTracking('', payload), heard);
  expect(faults.filter(({ code }) => code === 'translation-failed')).toEqual([]);
  for (const message of messages) expect(violationsOf(IngestTracking.dataClass, message, 'strict')).toEqual([]);
};
const aPayload = fc.constantFrom(...payloads);
const change = fc.record({ at: fc.nat(100_000), drop: fc.nat(12), put: fc.uint8Array({ maxLength: 8 }) });

describe('a payload', () => {
  it('with bytes changed', () => {
    fc.assert(
      fc.property(aPayload, fc.array(change, { minLength: 1, maxLength: 6 }), (payload, changes) => {
        const bytes = changes.reduce((now, { at, drop, put }) => {
          const from = at % (now.length + 1);
          return Buffer.concat([now.subarray(0, from), put, now.subarray(from + drop)]);
        }, payload);
        check(bytes);
      }),
      { numRuns: 400 },
    );
  });
  it('with texts and numbers changed, and keys that every object has', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 700 }),
      fc.constantFrom('__proto__', 'constructor', 'toString', '9999-99-99T99:99:99', '0000-01-01', '-', '\u0000', ' '),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(aPayload, fc.nat(200), value, (payload, nth, told) => {
        const text = payload.toString('utf8');
        const isXml = text.startsWith('<');
        const values = [...text.matchAll(isXml ? />([^<>]+)</g : /: ("[^"\n]*")/g)];
        const hit = values[nth % values.length];
        if (hit?.index === undefined) return;
        const quoted = isXml ? `>${told.replace(/[<&\u0000-\u0008\u000b-\u001f]/g, '')}<` : `: ${JSON.stringify(told)}`;
        check(text.slice(0, hit.index) + quoted + text.slice(hit.index + hit[0].length));
      }),
      { numRuns: 400 },
    );
  });
  it('that is any JSON at all', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (json) => check(json)),
      { numRuns: 300 },
    );
  });
});
