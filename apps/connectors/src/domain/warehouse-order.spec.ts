import fc from 'fast-check';
import {
  DocumentMapped,
  DocumentSent,
  DecideDispatch,
  SavePartner,
  SendDocument,
  SendWarehouseOrder,
  ShippingAdviceAnswered,
  TakeDocument,
  TakeShippingAdvice,
  WarehouseOrderAnswered,
  WarehousePartnerChanged,
  type Agreement,
  type PartnerProfile,
  type SendWarehouseOrderData,
} from '@crossdock/contracts';
import { holdsOn } from '@crossdock/kernel';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aMapping, aPartner, aProfile, DAY, NOON } from './document.builders.js';
import { partners } from './decide.js';
import { runPeriods } from './decide-warehouse-order.js';
import { warehouseOrderNumber } from './dispatch.js';
import { documentRef } from './document.js';
import { documentCase } from './document-course.js';
import { agreementOn, profileOn } from './partner.js';
import type { Version } from './versions.js';
import { warehouseOrderRef } from './warehouse-order.js';

const TO_SHIP: Agreement = { standard: 'X12', types: ['940'], direction: 'out', node: 'DC3' };
const LIMITED: Agreement = { ...TO_SHIP, acknowledgedWithinHours: 24 };
const saved = (agreements: Agreement[], more: object = {}, validFrom = '2026-01-01') =>
  input(SavePartner, aPartner({ validFrom, profile: aProfile({ agreements, ...more }) }));
const ORDER: SendWarehouseOrderData = {
  ...{ fulfilmentId: '0123456789abcdef0123456789abcdef', orderId: 'O1', account: 'C1', node: 'DC3' },
  ...{ orderNo: 'SO-1', shipTo: { country: 'GB' }, partner: 'ACME', attempt: 1 },
  lines: [{ lineNo: 1, item: 'TEA', quantity: 24 }],
};
const order = (more: Partial<SendWarehouseOrderData> = {}) =>
  input(SendWarehouseOrder, { ...ORDER, ...more }, { at: NOON });
const at = (agreement: Agreement = TO_SHIP) => scenario(partners).given(saved([agreement]));
const dispatchOf = (scene: ReturnType<typeof at>): string => scene.said(SendDocument)[0]?.dispatchId ?? '';
const sent = (dispatchId: string, more: object = {}) =>
  input(
    DocumentSent,
    { dispatchId, partner: 'ACME', outcome: 'done', ...more },
    { id: `sent-${JSON.stringify(more)}` },
  );
const answers = (accepted: boolean, dispatchId: string) =>
  input(
    TakeDocument,
    aDocument({
      ...{ documentId: `A-${accepted}`, type: '997', kind: 'acknowledgement', control: '1', interchange: '1' },
      acknowledges: [{ dispatchId, accepted, text: '997' }],
    }),
  );

describe('an order to ship', () => {
  it('goes out as 940 under the partner’s next number, once for each attempt', () => {
    const scene = at().when(order());
    expect(scene.said(SendDocument)).toMatchObject([{ standard: 'X12', type: '940', control: 1, orderId: 'O1' }]);
    scene.when(order()).thenIgnores('already-known');
    // One is on its way: the next waits behind it, under the number that follows.
    scene.when(order({ attempt: 2 })).thenNever(SendDocument as never);
  });
  it('is with the partner once it was sent, where no acknowledgement is agreed', () => {
    const scene = at().when(order());
    scene.when(sent(dispatchOf(scene))).thenSays(WarehouseOrderAnswered, {
      ...{ fulfilmentId: ORDER.fulfilmentId, outcome: 'done', attempt: 1, wmsRef: warehouseOrderNumber(ORDER) },
    });
  });
  it('is with the partner once it has acknowledged it, where it is to', () => {
    const scene = at({ ...LIMITED }).given(saved([LIMITED, { standard: 'X12', types: ['997'], direction: 'in' }]));
    scene.when(order());
    const dispatchId = dispatchOf(scene);
    scene.when(sent(dispatchId)).thenNever(WarehouseOrderAnswered as never);
    scene.when(answers(true, dispatchId)).thenSays(WarehouseOrderAnswered, { outcome: 'done' });
  });
  it('that the partner rejects, or a person gives up, is refused', () => {
    const scene = at().given(saved([LIMITED, { standard: 'X12', types: ['997'], direction: 'in' }]));
    scene.when(order());
    const dispatchId = dispatchOf(scene);
    scene.given(sent(dispatchId));
    scene.when(answers(false, dispatchId)).thenSays(WarehouseOrderAnswered, { outcome: 'refused', text: '997' });

    const lost = at().when(order());
    const other = dispatchOf(lost);
    lost.when(sent(other, { outcome: 'refused', text: '410' })).thenNever(WarehouseOrderAnswered as never);
    lost
      .when(input(DecideDispatch, { dispatchId: other, partner: 'ACME', verdict: 'discard', comment: 'moved' }))
      .thenSays(WarehouseOrderAnswered, { outcome: 'refused', text: 'moved' });
  });
  it.each([
    ['a blocked partner', saved([TO_SHIP], { status: 'blocked' }), 'blocked'],
    ['another node', saved([{ ...TO_SHIP, node: 'DC4' }]), 'no agreement'],
    ['days that are over', saved([{ ...TO_SHIP, validTo: '2026-03-01' }]), 'no agreement'],
  ])('for %s is refused with the reason', (_what, given, said) => {
    const scene = scenario(partners).given(given).when(order());
    expect(scene.said(WarehouseOrderAnswered)[0]).toMatchObject({
      outcome: 'refused',
      text: expect.stringContaining(said),
    });
    expect(scene.said(SendDocument)).toEqual([]);
  });
});

describe('the number of an order to ship', () => {
  it('is found in capitals or not', () => {
    const number = warehouseOrderNumber(ORDER);
    expect(number).toBe('0123456789ABCDEF012345');
    expect(warehouseOrderRef('ACME', number.toLowerCase())).toEqual(warehouseOrderRef('ACME', number));
    expect(warehouseOrderRef('ACME', number)).not.toEqual(warehouseOrderRef('OTHER', number));
  });
});

describe('a shipping advice', () => {
  const D1 = documentRef('D1');
  const shipping = {
    ...{ fulfilmentId: 'F1', orderId: 'O1', account: 'C1', node: 'DC3', documentNo: 'ACME/SHP-1', short: [] },
    packages: [{ trackingNo: 'T1', carrier: 'ups', contents: [{ place: 0, item: 'TEA', quantity: 24 }] }],
  };
  const { order: _order, ...unordered } = aMapping();
  const arrived = () =>
    scenario(partners)
      .given(saved([{ standard: 'X12', types: ['945'], direction: 'in', books: 'shipment' }]))
      .given(input(TakeDocument, aDocument({ type: '945', kind: 'warehouse-advice', number: 'SHP-1' })));
  const answered = (more: object = {}) =>
    input(ShippingAdviceAnswered, {
      ...{ ...shipping, sourceId: 'D1', channel: 'partner-ACME', outcome: 'done' as const, refusals: [] },
      ...more,
    });
  const mapping = input(DocumentMapped, { ...unordered, shipping });

  it('is handed on, found by its order, and applied once it is booked', () => {
    const scene = arrived().when(mapping);
    scene.thenSays(TakeShippingAdvice, {
      documentNo: 'ACME/SHP-1',
      occurredAt: NOON,
      channel: 'partner-ACME',
      sourceId: 'D1',
    });
    scene.thenState(D1, { status: 'mapped', orderId: 'O1' });
    scene.when(answered()).thenState(D1, { status: 'applied' });
  });
  it('that is refused is put aside with field and rule', () => {
    const refusals = [{ reason: 'pick-above-release', field: 'lines[0].quantity', text: 'TEA: 30 are told' }];
    const scene = arrived()
      .given(mapping)
      .when(answered({ outcome: 'refused', refusals }));
    scene.thenState(D1, { status: 'quarantined', reason: 'pick-above-release' });
    scene.thenState(documentCase('D1'), { status: 'open', text: 'lines[0].quantity: TEA: 30 are told' });
  });
});

describe('who runs a warehouse', () => {
  it('is said when a profile is saved that changes its days, and only then', () => {
    const scene = scenario(partners).when(saved([TO_SHIP]));
    scene.thenSays(WarehousePartnerChanged, { node: 'DC3', partner: 'ACME', profileVersion: 1, periods: [{}] });
    scene.when(saved([TO_SHIP], { name: 'Acme' })).thenNever(WarehousePartnerChanged as never);
    scene
      .when(saved([], {}, DAY))
      .thenSays(WarehousePartnerChanged, { profileVersion: 3, periods: [{ validTo: '2026-03-01' }] });
  });

  it('is on each day what the agreements of that day say', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((one) => `2026-02-${String(one).padStart(2, '0')}`);
    const agreement = fc.record(
      { validFrom: day, validTo: day, node: fc.constantFrom('DC3', 'DC4') },
      { requiredKeys: ['node'] },
    );
    const version = fc.record({ validFrom: day, agreements: fc.array(agreement, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 4 }), day, (given, today) => {
        const versions = given.map(({ validFrom, agreements }, nth): Version<PartnerProfile> => {
          const data = aProfile({ agreements: agreements.map((one) => ({ ...TO_SHIP, ...one })) });
          return { version: nth + 1, at: NOON, author: 'ann', validFrom, data };
        });
        const profile = profileOn({ partner: 'ACME', versions }, today) as PartnerProfile;
        const ofNode = { ...profile, agreements: profile.agreements.filter(({ node }) => node === 'DC3') };
        const agreed = agreementOn(ofNode, today, { standard: 'X12', type: '940', direction: 'out' }) !== undefined;
        expect(runPeriods(versions, 'DC3').some((period) => holdsOn(period, today))).toBe(agreed);
      }),
      { numRuns: 500 },
    );
  });
});
