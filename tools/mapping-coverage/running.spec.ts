import { countedIn, waitingIn } from './running.ts';

describe('the coverage of running services', () => {
  it('adds up what the metrics count by list and by carrier', () => {
    const page = [
      '# TYPE crossdock_mapped_codes_total counter',
      'crossdock_mapped_codes_total{service="connectors",list="units",outcome="mapped"} 96',
      'crossdock_mapped_codes_total{service="connectors",list="units",outcome="unmapped"} 4 1764000000000',
      'crossdock_mapped_codes_total{list="actions",outcome="mapped",tenant="a,b"} 1e+3',
      'crossdock_mapped_events_total{system="ups",outcome="unmapped"} 2',
      'crossdock_messages_total{type="x",outcome="mapped"} 7',
    ].join('\n');
    expect(countedIn(page)).toEqual([
      { list: 'actions', seen: 1000, mapped: 1000 },
      { list: 'units', seen: 100, mapped: 96 },
      { list: 'ups', seen: 2, mapped: 0 },
    ]);
    expect(countedIn('')).toEqual([]);
  });
  it('names codes of cases and of documents that were put aside, the most frequent first', () => {
    const cases = [{ keys: ['trackingNo:T1', 'code:ups/X9'] }, { keys: ['code:ups/X9', 'code:ups/X1'] }, {}];
    const faults = [
      { code: 'code-unmapped', text: 'PO103: unit "Q9" is in no cross reference' },
      { code: 'count-differs', text: 'SE01 declares 7' },
    ];
    expect(waitingIn(cases, [{ faults }, {}])).toEqual([
      'ups/X9 (2)',
      'ups/X1 (1)',
      'PO103: unit "Q9" is in no cross reference (1)',
    ]);
  });
});
