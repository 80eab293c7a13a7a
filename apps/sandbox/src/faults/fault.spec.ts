import { CALLBACK_FAULTS, Faults, readFault, REQUEST_FAULTS } from './fault.js';

const faultsWith = (...bodies: object[]): Faults => {
  const faults = new Faults();
  for (const body of bodies) {
    const read = readFault(body);
    if ('wrong' in read) throw new Error(read.wrong);
    faults.add(read.fault);
  }
  return faults;
};
const strikes = (faults: Faults, times: number, path?: string): number =>
  Array.from({ length: times }, () => faults.strike('erp', REQUEST_FAULTS, path)).filter(Boolean).length;

describe('a fault', () => {
  it('hits as many calls as it was given, then no more', () => {
    expect(strikes(faultsWith({ system: 'erp', kind: '500', count: 3 }), 10)).toBe(3);
  });

  it('hits its share of the calls', () => {
    const hit = strikes(faultsWith({ system: 'erp', kind: 'timeout', rate: 0.2 }), 1000);
    expect(hit).toBeGreaterThan(150);
    expect(hit).toBeLessThan(250);
  });

  it('hits the same calls in every run', () => {
    const run = () => {
      const faults = faultsWith({ system: 'erp', kind: '429', rate: 0.5 });
      return Array.from({ length: 30 }, () => Boolean(faults.strike('erp', REQUEST_FAULTS)));
    };
    expect(run()).toEqual(run());
  });

  it('leaves other systems, other paths and other kinds alone', () => {
    const faults = faultsWith({ system: 'erp', kind: '500', path: '/erp/postings' });
    expect(strikes(faults, 5, '/erp/orders')).toBe(0);
    expect(strikes(faults, 5, '/erp/postings')).toBe(5);
    expect(faults.strike('wms', REQUEST_FAULTS, '/erp/postings')).toBeUndefined();
    expect(faults.strike('erp', CALLBACK_FAULTS, '/erp/postings')).toBeUndefined();
  });

  it('ends when it is cleared, by system or altogether', () => {
    const faults = faultsWith({ system: 'erp', kind: '500' }, { system: 'wms', kind: 'late' });
    expect(faults.clear({ system: 'wms' })).toBe(1);
    expect(faults.list().map(({ system }) => system)).toEqual(['erp']);
    expect(faults.clear()).toBe(1);
    expect(strikes(faults, 5)).toBe(0);
  });

  it.each([
    [{ system: 'tms', kind: '500' }, 'system'],
    [{ system: 'erp', kind: 'explode' }, 'kind'],
    [{ system: 'erp', kind: '500', rate: 2 }, 'rate'],
    [{ system: 'erp', kind: '500', count: 0 }, 'count'],
    [undefined, 'system'],
  ])('is refused with the field that is wrong: %j', (body, field) => {
    expect(readFault(body)).toEqual({ wrong: expect.stringContaining(field) as string });
  });
});
