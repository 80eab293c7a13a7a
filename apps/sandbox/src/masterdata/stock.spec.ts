import fc from 'fast-check';
import type { FileDocument } from '../file/document.js';
import { costOf, higherPrice } from './cost.js';
import { demandOf, laterSupply, openingSupply, OPENINGS, type Demand } from './demand.js';

const goods = (item: string, quantity: number) => ({ item, kind: 'goods' as const, quantity });
const aDocument = (more: Partial<FileDocument>): FileDocument => ({
  type: 'order',
  documentNo: '1',
  lines: [],
  ...more,
});
const DC1 = () => 'DC1';

describe('the cost of an item', () => {
  it.each([
    ['2.55', '1.53'],
    ['0.85', '0.51'],
    ['10', '6.00'],
    ['0.001', '0.01'],
    ['0', '0.01'],
    [undefined, '0.01'],
    ['1.234567', '0.74074'],
    ['1.234569', '0.740741'],
    ['13541.33', '8124.798'],
  ])('is 60 % of its highest price, at least 0.01: %s gives %s', (price, cost) => {
    expect(costOf(price)).toBe(cost);
  });

  it('takes the highest price by value, not by text', () => {
    expect(higherPrice('9.95', '10.5')).toBe('10.5');
    expect(higherPrice(undefined, '1')).toBe('1');
  });
});

describe('what a file needs of stock', () => {
  it('adds up an item over lines and orders', () => {
    const documents = [
      aDocument({ lines: [goods('TEA', 6), goods('TEA', 4)] }),
      aDocument({ lines: [goods('TEA', 5)] }),
    ];
    expect(demandOf(documents, DC1)).toEqual({ DC1: { TEA: { orders: 15, adjustments: 0 } } });
  });

  it('counts what adjustments take away, and nothing for charges, returns and documents that will be parked', () => {
    const documents = [
      aDocument({ type: 'adjustment', lines: [goods('TEA', 3)] }),
      aDocument({ lines: [{ item: 'POST', kind: 'freight', quantity: 1 }] }),
      aDocument({ type: 'return', lines: [goods('TEA', 1)] }),
      aDocument({ type: 'other', lines: [goods('TEA', 100)] }),
      aDocument({ lines: [goods('TEA', 100), { item: 'POT', kind: 'goods', quantity: undefined }] }),
    ];
    expect(demandOf(documents, DC1)).toEqual({ DC1: { TEA: { orders: 0, adjustments: 3 } } });
  });

  it('looks for the node at the line, then the document, then the item', () => {
    const line = goods('TEA', 1);
    const documents = [
      aDocument({ lines: [{ ...line, node: 'DC3' }] }),
      aDocument({ node: 'DC2', lines: [line] }),
      aDocument({ lines: [line] }),
    ];
    expect(Object.keys(demandOf(documents, DC1)).toSorted()).toEqual(['DC1', 'DC2', 'DC3']);
  });

  it('opens with all of it when ample, with 60 % rounded down when tight', () => {
    const demand: Demand = { DC1: { TEA: { orders: 9, adjustments: 2 }, POT: { orders: 1, adjustments: 0 } } };
    expect(openingSupply(demand, 'ample')).toEqual({
      DC1: [
        ['TEA', 11],
        ['POT', 1],
      ],
    });
    expect(openingSupply(demand, 'tight')).toEqual({ DC1: [['TEA', 7]] });
  });

  it('brings in three receipts exactly what the opening left out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...OPENINGS),
        fc.string(),
        fc.nat(100_000),
        fc.nat(100),
        (opening, item, orders, adjustments) => {
          const demand: Demand = { DC1: { [`SKU ${item}`]: { orders, adjustments } } };
          const supplies = [
            openingSupply(demand, opening),
            ...[0, 1, 2].map((nth) => laterSupply(demand, opening, nth)),
          ];
          const units = supplies.flatMap((supply) => (supply['DC1'] ?? []).map(([, count]) => count));
          expect(units.reduce((sum, count) => sum + count, 0)).toBe(orders + adjustments);
          expect(units.every((count) => count > 0)).toBe(true);
        },
      ),
    );
  });
});
