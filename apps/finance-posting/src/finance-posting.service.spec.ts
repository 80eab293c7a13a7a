import { findMessage } from '@crossdock/contracts';
import { heardBy } from '@crossdock/runtime';
import type { CaseState } from '@crossdock/contracts';
import { ruleFor, type Decider } from '@crossdock/kernel';
import { FinanceDay } from './domain/finance-day.builders.js';
import {
  anEntityChanged,
  anItemChanged,
  aNodeChanged,
  anOrderAccepted,
  aShipmentDispatched,
  heard,
} from './domain/finance.builders.js';
import { financePosting } from './finance-posting.service.js';

describe('finance-posting', () => {
  it('hears messages of one kind of lane per decider', () => {
    for (const decider of financePosting.decides) {
      const kinds = new Set(heardBy(decider).map(({ laneKind }) => laneKind));
      expect([decider.name, kinds.size]).toEqual([decider.name, 1]);
    }
  });
  it('has no rule for one message in two deciders', () => {
    const heardOnce = financePosting.decides.flatMap((decider) => decider.rules.map(({ hears }) => hears.type));
    expect(new Set(heardOnce).size).toBe(heardOnce.length);
  });
  it('says what it declares, and speaks for its domain only', () => {
    expect(
      financePosting.says.every(
        ({ domain, travels }) => domain === 'finance' && ['stream', 'private'].includes(travels),
      ),
    ).toBe(true);
  });
  it('can retry each case that it raises with what the case keeps', () => {
    const day = new FinanceDay().hear(
      anEntityChanged(),
      aNodeChanged(),
      anItemChanged('ITEM-1', '1.00'),
      anOrderAccepted(),
    );
    day.hear(aShipmentDispatched({ 1: 11 }));
    const [open] = day.openCases as readonly CaseState[];
    expect(open?.reason).toBe('billing-above-order');
    const retried = open && financePosting.retries?.[open.reason]?.(open);
    expect(retried && findMessage(retried.contract.type, retried.contract.version)).toBe(retried?.contract);
    const again = retried && heard(retried.contract, retried.data);
    expect(financePosting.decides.some((decider: Decider) => again && ruleFor(decider, again))).toBe(true);
  });
});
