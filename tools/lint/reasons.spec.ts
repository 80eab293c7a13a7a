import { join } from 'node:path';
import { REASONS, reasonOf } from '@crossdock/contracts';
import { reasonsUsed } from './reasons.ts';

describe('reason codes', () => {
  const uses = reasonsUsed([join(import.meta.dirname, 'probes', 'reason-codes.ts')]);
  const ours = uses.filter(({ at }) => !at.includes('/probes/'));

  it('that a decision, a refusal, a case or a problem carries stand in the catalogue', () => {
    expect(ours.length).toBeGreaterThan(50);
    expect(ours.filter(({ code }) => reasonOf(code) === undefined)).toEqual([]);
  });

  it('have a sentence for business, one for IT, a next action and say whether a retry makes sense', () => {
    const lacking = Object.entries(REASONS).filter(
      ([, { business, it: forIt, next, retry }]) =>
        [business, forIt, next].some((text) => text.trim() === '') || typeof retry !== 'boolean',
    );
    expect(lacking).toEqual([]);
  });

  it('are found wherever they are written: each way of giving one is a probe', () => {
    const found = new Set(uses.filter(({ at }) => at.includes('/probes/')).map(({ code }) => code));
    expect([...found].sort()).toEqual(
      [
        'by-ignore',
        'by-defer-one',
        'by-defer-two',
        'by-reject',
        'by-refusal',
        'by-wrapper',
        'by-wrapper-of-wrapper',
        'by-case',
        'by-end-of-case',
        'by-problem',
        'by-job',
        'by-status',
      ].sort(),
    );
  });
});
