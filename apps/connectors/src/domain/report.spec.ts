import {
  AvailabilityChanged,
  CompileReport,
  ReportCompiled,
  ReportDue,
  SavePartner,
  SendDocument,
  SendReport,
  type Agreement,
  type SavePartnerData,
} from '@crossdock/contracts';
import { hours, plusMs } from '@crossdock/kernel';
import { input, scenario } from '@crossdock/testing';
import { aPartner, aProfile } from './document.builders.js';
import { partners } from './decide.js';
import { reportClockRef, type ReportClock } from './report-clock.js';
import { shelfRef, shelves } from './shelf.js';

const every = (everyHours: number, more: Partial<Agreement> = {}): Agreement => ({
  ...{ standard: 'X12', types: ['846'], direction: 'out', everyHours, channel: 'web' },
  ...more,
});
const saved = (agreements: Agreement[], more: Partial<SavePartnerData> = {}, id = 'save') =>
  input(SavePartner, aPartner({ profile: aProfile({ agreements }), ...more }), { id });
const agreed = (agreements = [every(24)]) => scenario(partners).given(saved(agreements) as never);
const clockOf = (story: ReturnType<typeof agreed>): ReportClock => story.state<ReportClock>(reportClockRef('ACME'));

describe('a stock report that is agreed', () => {
  it('is due after its hours, asks for what the channel may sell, and is due again', () => {
    const save = saved([every(24)]);
    const story = scenario(partners).when(save);
    const dueAt = plusMs(save.at, hours(24));
    expect(story.said(ReportDue)).toEqual([{ partner: 'ACME', dueAt }]);
    story.when(input(ReportDue, { partner: 'ACME', dueAt }, { id: 'd1', at: dueAt }));
    expect(story.said(CompileReport)).toMatchObject([{ standard: 'X12', type: '846', channel: 'web', asOf: dueAt }]);
    expect(story.said(ReportDue)).toEqual([{ partner: 'ACME', dueAt: plusMs(dueAt, hours(24)) }]);
    story.when(input(ReportDue, { partner: 'ACME', dueAt }, { id: 'd2', at: dueAt })).thenIgnores('nothing-to-do');
  });

  it('keeps its time when something else is saved, and takes a new one with another interval', () => {
    const story = agreed();
    const before = clockOf(story).dueAt;
    story.when(saved([every(24)], { validFrom: '2026-02-01' }, 's2'));
    expect([story.said(ReportDue), clockOf(story).dueAt]).toEqual([[], before]);
    story.when(saved([every(2)], { validFrom: '2026-02-02' }, 's3'));
    expect(story.said(ReportDue)).toHaveLength(1);
    story.when(input(ReportDue, { partner: 'ACME', dueAt: before ?? '' }, { id: 'old' })).thenIgnores('nothing-to-do');
    story.when(saved([], { validFrom: '2026-02-03' }, 's4'));
    expect(clockOf(story)).toEqual({});
  });

  it('is not sent before its agreement holds, and its clock goes on', () => {
    const story = agreed([every(24, { validFrom: '2099-01-01' })]);
    const { dueAt = '' } = clockOf(story);
    story.when(input(ReportDue, { partner: 'ACME', dueAt }, { at: dueAt }));
    expect([story.said(CompileReport), story.said(ReportDue).length]).toEqual([[], 1]);
  });

  it('is sent under the next number when it is put down; one of nothing is not', () => {
    const story = agreed();
    const report = { partner: 'ACME', reportId: 'R1', standard: 'X12', type: '846', outcome: 'done' } as const;
    story.when(input(ReportCompiled, { ...report, lines: 0 })).thenIgnores('nothing-to-do');
    story.when(input(ReportCompiled, { ...report, canonical: 'hash', lines: 2 }, { id: 'c2' }));
    expect(story.said(SendDocument)).toMatchObject([{ type: '846', control: 1, canonical: 'hash' }]);
    story.when(input(ReportCompiled, { ...report, canonical: 'hash' }, { id: 'c3' })).thenIgnores('already-known');
  });

  it('is sent at once when somebody wants it, and refused where none is agreed', () => {
    const story = agreed().when(input(SendReport, { partner: 'ACME' }));
    expect(story.said(CompileReport)).toHaveLength(1);
    agreed([])
      .when(input(SendReport, { partner: 'ACME' }))
      .thenRejects('agreement-missing');
    agreed()
      .when(input(SendReport, { partner: 'NOBODY' }))
      .thenRejects('partner-unknown');
  });
});

describe('what a channel may sell', () => {
  const changed = (available: number, asOf: string, id: string) =>
    input(AvailabilityChanged, { item: 'TEA', channel: 'web', available, inStock: available > 0, asOf }, { id });
  it('is the newest that was said, whatever comes again', () => {
    scenario(shelves)
      .given(changed(10, '2026-03-02T10:00:00.000Z', 'a'), changed(7, '2026-03-02T11:00:00.000Z', 'b'))
      .when(changed(10, '2026-03-02T10:00:00.000Z', 'c'))
      .thenIgnores('old-version')
      .thenState(shelfRef('web', 'TEA'), { available: 7 });
  });
});
