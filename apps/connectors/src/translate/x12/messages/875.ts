/** 875 Grocery Products Purchase Order. */
import type { CanonicalOrder, CanonicalOrderLine } from '../../../canonical/order.js';
import type { Quantity } from '../../../canonical/shapes.js';
import { compact, filled, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop, X12Message } from '../message.js';
import { amountOf, chargesOf, currencyOf, type Basis } from '../parts/charges.js';
import { groceryCharges, GROCERY_ALLOWANCE } from '../parts/grocery-charges.js';
import { ALLOWANCE, dayBy, storesOf } from '../parts/lines.js';
import { ORDER_STATUSES } from '../parts/order-status.js';
import { PARTY, partyIn } from '../parts/parties.js';
import { notesOf, referencesOf } from '../parts/references.js';
import { warehouseItemOf, withoutEmptyIds } from '../parts/warehouse.js';
import type { X12Reading } from '../reading.js';

/** Price bracket, quantity cost and price list follow the pairs. */
const G68 = { tag: 'G68', upc: 4, pairs: [5, 7] } as const;

/** Goods of a line by store: SDQ, or G81 of releases before it; a line that names one store goes there. */
const deliveriesOf = (
  reading: X12Reading,
  line: X12Loop,
  { unit }: Quantity,
): Pick<CanonicalOrderLine, 'deliverTo' | 'deliveries'> => {
  const stores = [
    ...line.all('SDQ').flatMap((sdq) => storesOf(reading, sdq)),
    ...line.all('G81').flatMap((g81) => {
      const [store, value] = [reading.text(g81, 1), reading.decimal(g81, 2)];
      return store === undefined || value === undefined
        ? []
        : [{ location: { ids: [{ value: store }] }, quantity: { value, unit } }];
    }),
  ];
  const [only, ...others] = stores;
  if (!only) return {};
  if (others.length === 0) return { deliverTo: only.location };
  return { deliveries: stores.map(({ location, quantity }) => ({ deliverTo: location, quantity })) };
};

const lineOf = (reading: X12Reading, line: X12Loop, at: number): CanonicalOrderLine => {
  const g68 = line.opening;
  const quantity = reading.quantity(g68, 1, [2]) ?? { value: '0', ...reading.unit(g68, 2) };
  const basis: Basis = { quantity: quantity.value, price: reading.decimal(g68, 3) };
  return compact<CanonicalOrderLine>({
    lineNo: String(at + 1),
    item: withoutEmptyIds(warehouseItemOf(reading, line, G68)),
    quantity,
    unitPrice: basis.price,
    ...deliveriesOf(reading, line, quantity),
    allowanceCharges: some([...(chargesOf(reading, line, basis) ?? []), ...groceryCharges(reading, line, basis)]),
  });
};

export const groceryOrder: X12Message = {
  type: '875',
  required: { G50: [1, 2, 3], G68: [] },
  layout: loop(
    'ST',
    'G50 N9 G61 G62 NTE G66 G23 G46 CUR FOB TD1 TD3 TD4 TD5',
    ALLOWANCE,
    GROCERY_ALLOWANCE,
    PARTY,
    loop('G68', 'G69 G70 G20 G22 G23 G43 G62 G81 SDQ N9 QTY REF PER', ALLOWANCE, GROCERY_ALLOWANCE, loop('SLN', 'PID')),
    loop('G76', 'AMT'),
  ),
  read: (set, reading) => {
    const [g50, g76] = [set.first('G50'), set.one('G76')];
    const currency = currencyOf(reading, set);
    const lines = set.of('G68');
    const purpose = reading.text(g50, 1);
    const data = compact<CanonicalOrder>({
      number: reading.needed(g50, 'G50', 3),
      purpose: reading.means(ORDER_STATUSES, purpose) ?? purpose,
      issued: reading.day(g50, 2),
      requestedDate: dayBy(reading, set.all('G62'), '02', '10', '17'),
      currency,
      buyer: partyIn(reading, set, 'buyer'),
      seller: partyIn(reading, set, 'seller'),
      deliverTo: partyIn(reading, set, 'deliverTo'),
      billTo: partyIn(reading, set, 'billTo'),
      references: referencesOf(reading, set.all('N9')),
      allowanceCharges: some([...(chargesOf(reading, set) ?? []), ...groceryCharges(reading, set, {})]),
      lines: lines.map((line, at) => lineOf(reading, line, at)),
      totals: filled(
        compact<NonNullable<CanonicalOrder['totals']>>({ payable: amountOf(reading, g76?.all('AMT') ?? [], 'TT') }),
      ),
      notes: notesOf(reading, set),
    });
    return { kind: 'order', data };
  },
};
