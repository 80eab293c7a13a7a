/** Payloads of each carrier, and what we make of them: `<name>.xml|json` beside `<name>.expected.json`. */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { CARRIERS, readTracking, type TrackingReading } from './index.js';

/** A line per scan, in event order: moment, milestone, raw code, place. */
const outline = ({ carrier, packages, faults }: TrackingReading): unknown => ({
  carrier,
  packages: packages.map(({ trackingNo, status, events, estimatedDelivery }) => ({
    trackingNo,
    status,
    ...(estimatedDelivery ? { estimatedDelivery } : {}),
    events: events.map(({ occurredAt, zone, milestone, reason, rawCode, location }) =>
      [
        occurredAt + (zone ? ` ${zone}` : ''),
        milestone + (reason ? ` (${reason})` : ''),
        rawCode,
        location ?? '-',
      ].join(' | '),
    ),
  })),
  faults: faults.map(({ code, text }) => `${code}: ${text}`),
});

const goldenOf = (carrier: string): readonly string[] => {
  const folder = join(import.meta.dirname, carrier, 'golden');
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.expected.json')) : [];
};

describe.each(CARRIERS.map(({ table }) => table.carrier))('%s', (carrier) => {
  const names = goldenOf(carrier);
  it('has golden files', () => expect(names.length).toBeGreaterThan(0));
  it.each(names)('reads %s as agreed, whatever the sender is called', (name) => {
    const path = join(import.meta.dirname, carrier, 'golden', name);
    const payload = readFileSync(path);
    const expected: unknown = JSON.parse(readFileSync(path.replace(/\.\w+$/, '.expected.json'), 'utf8'));
    expect(outline(readTracking(carrier, payload))).toEqual(expected);
    expect(outline(readTracking('', payload))).toEqual(expected);
  });
});
