/** Despatch advices, stock reports and warehouse orders that X12 and EDIFACT write. */
import fc, { type Arbitrary } from 'fast-check';
import type { CanonicalDespatchAdvice, CanonicalPackage } from '../src/canonical/despatch-advice.js';
import type { CanonicalInventoryReport } from '../src/canonical/inventory-report.js';
import type { CanonicalWarehouseOrder } from '../src/canonical/warehouse-order.js';
import {
  CURRENCY,
  text,
  code,
  day,
  moment,
  decimal,
  quantity,
  optional,
  item,
  party,
  references,
  numbered,
  notes,
} from './parts.arbitraries.js';

/** Pallets with cartons, parents first, and lines in some of them. */
const packing = fc.tuple(fc.nat(2), fc.nat(3)).map(([pallets, cartons]): readonly CanonicalPackage[] => {
  const sscc = (at: number): string => `3541073800${String(at).padStart(8, '0')}`;
  const outer = Array.from({ length: pallets }, (_, at) => ({ id: sscc(at), sscc: sscc(at), type: 'PLT' }));
  return outer.flatMap((one, at) => [
    one,
    ...Array.from({ length: cartons }, (_, inner) => {
      const id = sscc(10 + at * 5 + inner);
      return { id, sscc: id, type: 'CTN', within: one.id };
    }),
  ]);
});
/** Of one lot, with one serial number or several: what both standards can say. */
const instances = fc
  .tuple(code, day, fc.uniqueArray(code, { minLength: 1, maxLength: 3 }))
  .map(([lot, expires, serials]) => serials.map((serial) => ({ lot, expires, serial })));
export const despatchAdvice: Arbitrary<CanonicalDespatchAdvice> = fc
  .tuple(
    optional<CanonicalDespatchAdvice>(
      {
        number: code,
        purpose: fc.constantFrom('original', 'replace', 'cancel'),
        issued: day,
        despatched: moment,
        expected: moment,
        orderNumber: code,
        buyer: party,
        seller: party,
        shipFrom: party,
        deliverTo: party,
        carrierCode: fc.constantFrom('UPSN', 'FDEG'),
        service: text(2),
        trackingNumbers: fc.array(code, { minLength: 1, maxLength: 2 }),
        billOfLading: code,
        weight: fc.record({ value: decimal, unit: fc.constantFrom('KGM', 'LBR') }),
        packageCount: fc.nat(99).map(String),
        references,
        notes,
        lines: numbered(
          optional<Omit<CanonicalDespatchAdvice['lines'][number], 'lineNo'>>(
            {
              item,
              quantity,
              note: text(6),
              instances,
            },
            ['item', 'quantity'],
          ),
        ),
      },
      ['number', 'purpose', 'issued', 'orderNumber', 'lines'],
    ),
    packing,
    fc.infiniteStream(fc.nat(1_000)),
  )
  .map(([advice, packages, picks]) => ({
    ...advice,
    ...(packages.length > 0 && { packages }),
    lines: advice.lines.map((line) => {
      const pick = (picks.next().value ?? 0) % (packages.length + 1);
      const packed = packages[pick];
      return {
        ...line,
        orderNumber: advice.orderNumber as string,
        orderLineNo: line.lineNo,
        ...(packed && { packages: [packed.id] }),
      };
    }),
  }));

export const inventoryReport = (kinds: readonly string[]): Arbitrary<CanonicalInventoryReport> =>
  optional<CanonicalInventoryReport>(
    {
      number: code,
      issued: day,
      asOf: moment,
      currency: fc.constant(CURRENCY),
      reporter: party,
      receiver: party,
      location: party,
      references,
      notes,
      lines: numbered(
        fc.record(
          {
            item,
            quantities: fc.array(fc.record({ kind: fc.constantFrom(...kinds), quantity }), {
              minLength: 1,
              maxLength: 3,
            }),
            location: fc.record({ ids: fc.tuple(fc.record({ scheme: fc.constant('92'), value: code })) }),
            lot: code,
          },
          { requiredKeys: ['item', 'quantities'] },
        ),
      ),
    },
    ['number', 'issued', 'lines'],
  );

export const warehouseOrder: Arbitrary<CanonicalWarehouseOrder> = optional<CanonicalWarehouseOrder>(
  {
    number: code,
    purpose: fc.constantFrom('original', 'change', 'cancel'),
    orderNumber: code,
    requestedShip: day,
    requestedDelivery: day,
    depositor: party,
    warehouse: party,
    deliverTo: party,
    carrierCode: fc.constantFrom('UPSN', 'FDEG'),
    service: text(2),
    references,
    notes: fc.array(text(6), { minLength: 1, maxLength: 2 }),
    lines: numbered(
      optional<Omit<CanonicalWarehouseOrder['lines'][number], 'lineNo'>>(
        {
          item: fc.record({ sellerItem: code, description: text(3) }),
          quantity,
          lot: code,
          weight: fc.record({ value: decimal, unit: fc.constantFrom('KGM', 'LBR') }),
          references,
        },
        ['item', 'quantity'],
      ),
    ),
  },
  ['number', 'purpose', 'lines'],
);
