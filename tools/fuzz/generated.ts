/** Documents that nobody sent: of every kind that we write, from properties of the canonical language, by the service's own writers. */
import fc, { type Arbitrary } from 'fast-check';
import type { Seed } from './seeds.ts';

/** As much of apps/connectors as is used here; apps are loaded from their sources, not imported. */
type Canonical = { readonly kind: string; readonly data: unknown };
interface Trade {
  readonly order: Arbitrary<unknown>;
  readonly orderResponse: Arbitrary<unknown>;
  readonly invoice: Arbitrary<unknown>;
}
interface GoodsKinds {
  readonly despatchAdvice: Arbitrary<unknown>;
  readonly warehouseOrder: Arbitrary<unknown>;
  readonly inventoryReport: (statuses: readonly string[]) => Arbitrary<unknown>;
}
interface Writer {
  readonly writeDocument: (
    envelope: object,
    outgoing: readonly { readonly type: string; readonly document: Canonical }[],
  ) => { readonly bytes: Uint8Array };
}
const load = async <T>(path: string): Promise<T> =>
  (await import(new URL(`../../apps/connectors/${path}`, import.meta.url).href)) as T;

/** of each kind */
const EACH = 12;
const ADDRESSING = { ourId: '5790000000012', theirId: 'GENERATED' };
const HEAD = { control: 1, queuedAt: '2026-09-12T08:30:00Z', addressing: ADDRESSING };

export const generatedSeeds = async (seed: number): Promise<readonly Seed[]> => {
  const { order, orderResponse, invoice } = await load<Trade>('test/trade.arbitraries.ts');
  const { despatchAdvice, warehouseOrder, inventoryReport } = await load<GoodsKinds>('test/goods.arbitraries.ts');
  const { writeDocument } = await load<Writer>('src/answer/write.ts');
  const stock = inventoryReport(['available', 'on-hand']);
  const kinds: readonly (readonly [standard: string, type: string, kind: string, of: Arbitrary<unknown>])[] = [
    ['X12', '850', 'order', order],
    ['X12', '855', 'order-response', orderResponse],
    ['X12', '856', 'despatch-advice', despatchAdvice],
    ['X12', '810', 'invoice', invoice],
    ['X12', '846', 'inventory-report', stock],
    ['X12', '940', 'warehouse-order', warehouseOrder],
    ['EDIFACT', 'ORDERS', 'order', order],
    ['EDIFACT', 'ORDRSP', 'order-response', orderResponse],
    ['EDIFACT', 'DESADV', 'despatch-advice', despatchAdvice],
    ['EDIFACT', 'INVOIC', 'invoice', invoice],
    ['EDIFACT', 'INVRPT', 'inventory-report', stock],
    ['UBL', 'OrderResponse', 'order-response', orderResponse],
    ['UBL', 'DespatchAdvice', 'despatch-advice', despatchAdvice],
    ['UBL', 'Invoice', 'invoice', invoice],
  ];
  return kinds.flatMap(([standard, type, kind, of]) =>
    fc.sample(of, { numRuns: EACH, seed }).flatMap((data, nth): Seed[] => {
      const { bytes } = writeDocument({ ...HEAD, standard, type }, [{ type, document: { kind, data } }]);
      const name = `generated ${standard} ${type} ${nth}`;
      return bytes.length > 0 ? [{ name, isTracking: false, bytes: Buffer.from(bytes) }] : [];
    }),
  );
};
