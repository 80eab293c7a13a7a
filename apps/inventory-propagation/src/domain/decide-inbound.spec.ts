import fc from 'fast-check';
import {
  caseRef,
  CloseInbound,
  DocumentBooked,
  MovementRecorded,
  TakeInboundAdvice,
  TakeReceipt,
  type CaseState,
  type CloseInboundData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { stock } from './decide.js';
import { inboundRef, inTransitOf, type Inbound } from './inbound.js';
import { positionRef, type Position } from './position.js';
import { aReceipt, line, NODE } from './stock.builders.js';

const TEA = positionRef(NODE, 'TEA');
const INBOUND = inboundRef(NODE, 'TR-1');
const DIFFERS = caseRef(INBOUND, 'receipt-differs');
type Rows = readonly (readonly [item: string, quantity: number])[];
const linesOf = (rows: Rows) => rows.map(([item, quantity], at) => ({ lineNo: at + 1, item, quantity }));
const advised = (documentNo: string, ...rows: Rows) =>
  input(TakeInboundAdvice, {
    ...{ node: NODE, documentNo: `PLANT/${documentNo}`, inboundNo: 'TR-1', occurredAt: '2026-03-02T08:00:00.000Z' },
    ...{ channel: 'partner-PLANT', sourceId: `A-${documentNo}`, lines: linesOf(rows) },
  });
const received = (receiptNo: string, ...rows: Rows) => {
  const { data } = aReceipt(
    `LOGIS/${receiptNo}`,
    rows.map(([item, quantity]) => line(item, quantity)),
  );
  const from = { channel: 'partner-LOGIS', sourceId: `R-${receiptNo}`, inboundNos: ['TR-1', 'TRS-1'] };
  return input(TakeReceipt, { ...data, ...from });
};

describe('goods that are advised', () => {
  it('are in transit, sell nobody anything, and are answered', () =>
    void scenario(stock)
      .when(advised('TRS-1', ['TEA', 40]))
      .thenSays(MovementRecorded, { movement: 'advice-received', lines: [{ inTransit: 40, sellable: 0 }] })
      .thenSays(DocumentBooked, { sourceId: 'A-TRS-1', channel: 'partner-PLANT', outcome: 'done' })
      .thenState(TEA, { inTransit: 40, sellable: 0 })
      .thenState(DIFFERS, { status: 'none' }));
  it('go from transit to the shelf when a receipt names them', () =>
    void scenario(stock)
      .given(advised('TRS-1', ['TEA', 40]))
      .when(received('WR-1', ['TEA', 40]))
      .thenSays(MovementRecorded, { movement: 'receipt-posted', lines: [{ sellable: 40, inTransit: -40 }] })
      .thenState(TEA, { inTransit: 0, sellable: 40 })
      .thenState(DIFFERS, { status: 'none' }));
  it('are booked once, and refused with other content under their number', () => {
    const floor = scenario(stock).given(advised('TRS-1', ['TEA', 40]));
    floor
      .when(advised('TRS-1', ['TEA', 40]))
      .thenNever(MovementRecorded)
      .thenState(TEA, { inTransit: 40 });
    floor
      .when(advised('TRS-1', ['TEA', 41]))
      .thenSays(DocumentBooked, { outcome: 'refused', refusals: [{ reason: 'document-changed' }] })
      .thenState(TEA, { inTransit: 40 });
  });
  it('may be told of after they have come: only what is missing is in transit then', () =>
    void scenario(stock)
      .given(received('WR-1', ['TEA', 30]))
      .when(advised('TRS-1', ['TEA', 40]))
      .thenState(TEA, { inTransit: 10, sellable: 30 })
      .thenState(DIFFERS, { status: 'open' }));
});

describe('a receipt that differs from its advice', () => {
  const short = () => scenario(stock).given(advised('TRS-1', ['TEA', 40], ['POT', 5]), received('WR-1', ['TEA', 38]));
  it('is a case that names each item, until the rest has come', () => {
    const floor = short();
    floor.thenState(TEA, { inTransit: 2, sellable: 38 }).thenState(DIFFERS, {
      status: 'open',
      text: `TR-1 at ${NODE}: TEA: 40 advised, 38 received; POT: 5 advised, 0 received`,
    });
    floor.when(received('WR-2', ['TEA', 2], ['POT', 5]));
    floor.thenState(TEA, { inTransit: 0, sellable: 40 }).thenState(DIFFERS, { status: 'resolved' });
  });
  it('with more than was advised is one as well, and takes no more out of transit than was there', () =>
    void scenario(stock)
      .given(advised('TRS-1', ['TEA', 40]))
      .when(received('WR-1', ['TEA', 45]))
      .thenState(TEA, { inTransit: 0, sellable: 45 })
      .thenState(DIFFERS, { status: 'open', text: `TR-1 at ${NODE}: TEA: 40 advised, 45 received` }));
  it('is given up by a person: nothing of it is in transit any more, and a later receipt takes nothing out', () => {
    const floor = short();
    const { content } = floor.state<CaseState>(DIFFERS);
    const closing = { ...(content as CloseInboundData), comment: 'lost', by: 'user:ann' };
    floor
      .when(input(CloseInbound, closing))
      .thenSays(MovementRecorded, { movement: 'advice-closed', lines: [{ inTransit: -2 }, { inTransit: -5 }] })
      .thenState(TEA, { inTransit: 0, sellable: 38 })
      .thenState(DIFFERS, { status: 'discarded', comment: 'lost', by: 'user:ann' });
    floor.when(input(CloseInbound, closing, { id: 'again' })).thenIgnores('nothing-to-do');
    floor.when(received('WR-2', ['TEA', 2])).thenState(TEA, { inTransit: 0, sellable: 40 });
    // Another advice under the number opens it again.
    floor
      .when(advised('TRS-2', ['TEA', 7]))
      .thenState(INBOUND, { status: 'open' })
      .thenState(TEA, { inTransit: 7 });
  });
});

describe('whatever comes in whatever order', () => {
  it('what is in transit is what was advised and has not come, and never below zero', () => {
    const row = fc.tuple(fc.constantFrom('TEA', 'POT'), fc.integer({ min: 1, max: 9 }));
    const told = fc.record({ isAdvice: fc.boolean(), rows: fc.array(row, { minLength: 1, maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 8 }), (documents) => {
        const floor = scenario(stock);
        documents.forEach(({ isAdvice, rows }, at) =>
          floor.given(isAdvice ? advised(`A${at}`, ...rows) : received(`R${at}`, ...rows)),
        );
        const awaited = inTransitOf(floor.state<Inbound>(INBOUND));
        for (const item of ['TEA', 'POT']) {
          const { inTransit } = floor.state<Position>(positionRef(NODE, item));
          expect(inTransit).toBeGreaterThanOrEqual(0);
          expect(inTransit).toBe(awaited.get(item) ?? 0);
        }
      }),
    );
  });
});
