import fc from 'fast-check';
import { lineAmount, minorOf, percentOf } from '@crossdock/kernel';
import type { JournalEntry } from '@crossdock/contracts';
import { ACCOUNTS, accountName, accountType, type AccountName } from './accounts.js';
import {
  costOfGoods,
  creditMemo,
  creditsOf,
  debitsOf,
  goodsReceipt,
  isBalanced,
  journalIdOf,
  returnCost,
  reversal,
  ruleLabel,
  salesInvoice,
  stockAdjustment,
  transferCompleted,
  transferShipped,
} from './posting-rules.js';

/** A golden side as accountants write it: a name and a decimal amount. */
interface GoldenSide {
  readonly account: AccountName;
  readonly dr?: string;
  readonly cr?: string;
}
interface Golden {
  readonly title: string;
  readonly posts: readonly JournalEntry[];
  readonly lines: readonly GoldenSide[];
}
const bill = (parts: { goods?: string; freight?: string; charges?: string; tax?: string }) => ({
  goods: minorOf(parts.goods ?? '0'),
  freight: minorOf(parts.freight ?? '0'),
  charges: minorOf(parts.charges ?? '0'),
  tax: minorOf(parts.tax ?? '0'),
});

const GOLDEN: readonly Golden[] = [
  {
    title: 'stock that leaves is cost of goods: 3 at 8.00 and 4 at 4.00',
    posts: costOfGoods(lineAmount('8.00', '3') + lineAmount('4.00', '4')),
    lines: [
      { account: 'COGS', dr: '40.00' },
      { account: 'INVENTORY', cr: '40.00' },
    ],
  },
  {
    title: 'a receipt before the bill waits in GRNI: 320 at 10.00',
    posts: goodsReceipt(lineAmount('10.00', '320')),
    lines: [
      { account: 'INVENTORY', dr: '3200.00' },
      { account: 'GRNI', cr: '3200.00' },
    ],
  },
  {
    title: 'a count that misses 10 at 7.50',
    posts: stockAdjustment(lineAmount('7.50', '10'), 0),
    lines: [
      { account: 'INVENTORY_SHRINKAGE', dr: '75.00' },
      { account: 'INVENTORY', cr: '75.00' },
    ],
  },
  {
    title: 'a count that finds 10 at 7.50',
    posts: stockAdjustment(0, lineAmount('7.50', '10')),
    lines: [
      { account: 'INVENTORY', dr: '75.00' },
      { account: 'INVENTORY_FOUND', cr: '75.00' },
    ],
  },
  {
    title: 'a count that misses and finds at once nets nothing',
    posts: stockAdjustment(300, 120),
    lines: [
      { account: 'INVENTORY_SHRINKAGE', dr: '3.00' },
      { account: 'INVENTORY', cr: '3.00' },
      { account: 'INVENTORY', dr: '1.20' },
      { account: 'INVENTORY_FOUND', cr: '1.20' },
    ],
  },
  {
    title: 'the first invoice of 6 at 25.00 with freight 30.00 and 8.25 % tax on goods: tax half up',
    posts: salesInvoice({ ...bill({ goods: '150.00', freight: '30.00' }), tax: percentOf(15000, '8.25') }),
    lines: [
      { account: 'AR', dr: '192.38' },
      { account: 'REVENUE', cr: '150.00' },
      { account: 'FREIGHT_REVENUE', cr: '30.00' },
      { account: 'TAX_PAYABLE', cr: '12.38' },
    ],
  },
  {
    title: 'an invoice with another charge',
    posts: salesInvoice(bill({ goods: '100.00', charges: '4.95', tax: '20.99' })),
    lines: [
      { account: 'AR', dr: '125.94' },
      { account: 'REVENUE', cr: '100.00' },
      { account: 'OTHER_CHARGES', cr: '4.95' },
      { account: 'TAX_PAYABLE', cr: '20.99' },
    ],
  },
  {
    title: 'a credit memo for goods and postage',
    posts: creditMemo(bill({ goods: '50.00', freight: '7.50', tax: '10.00' })),
    lines: [
      { account: 'SALES_RETURNS', dr: '50.00' },
      { account: 'FREIGHT_REVENUE', dr: '7.50' },
      { account: 'TAX_PAYABLE', dr: '10.00' },
      { account: 'AR', cr: '67.50' },
    ],
  },
  {
    title: 'goods back in quarantine are ours again',
    posts: returnCost(2800),
    lines: [
      { account: 'INVENTORY', dr: '28.00' },
      { account: 'COGS', cr: '28.00' },
    ],
  },
  {
    title: 'a transfer on its way',
    posts: transferShipped(1500),
    lines: [
      { account: 'INVENTORY_IN_TRANSIT', dr: '15.00' },
      { account: 'INVENTORY', cr: '15.00' },
    ],
  },
  {
    title: 'a transfer that arrived',
    posts: transferCompleted(1500),
    lines: [
      { account: 'INVENTORY', dr: '15.00' },
      { account: 'INVENTORY_IN_TRANSIT', cr: '15.00' },
    ],
  },
  {
    title: 'an invoice taken back by its mirror, never by deletion',
    posts: reversal(salesInvoice(bill({ goods: '100.00', tax: '8.25' }))),
    lines: [
      { account: 'AR', cr: '108.25' },
      { account: 'REVENUE', dr: '100.00' },
      { account: 'TAX_PAYABLE', dr: '8.25' },
    ],
  },
];

const entryOf = ({ account, dr, cr }: GoldenSide): JournalEntry => ({
  account: ACCOUNTS[account],
  debit: minorOf(dr ?? '0'),
  credit: minorOf(cr ?? '0'),
});

describe('posting rules', () => {
  it.each(GOLDEN)('$title', ({ posts, lines }) => {
    expect(posts).toEqual(lines.map(entryOf));
    expect(isBalanced(posts)).toBe(true);
  });

  it('post nothing where there is nothing of value', () => {
    expect(salesInvoice(bill({}))).toEqual([]);
    expect(costOfGoods(0)).toEqual([]);
    expect(stockAdjustment(0, 0)).toEqual([]);
  });

  it('always balance, in whole minor units on one side each, whatever the amounts', () => {
    const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    const amounts = fc.record({ goods: amount, freight: amount, charges: amount, tax: amount });
    fc.assert(
      fc.property(amounts, amount, amount, (billed, a, b) => {
        const journals = [
          salesInvoice(billed),
          creditMemo(billed),
          costOfGoods(a),
          returnCost(a),
          goodsReceipt(a),
          stockAdjustment(Math.abs(a), Math.abs(b)),
          transferShipped(a),
          transferCompleted(a),
        ];
        for (const entries of [...journals, ...journals.map(reversal)]) {
          expect(isBalanced(entries)).toBe(true);
          expect(debitsOf(entries)).toBe(creditsOf(entries));
        }
      }),
    );
  });

  it('make a credit memo of the same amounts undo its invoice on receivables and tax', () => {
    const amounts = bill({ goods: '80.00', freight: '5.00', charges: '1.00', tax: '17.20' });
    const both = [...salesInvoice(amounts), ...creditMemo(amounts)];
    const balance = (account: AccountName): number =>
      both.reduce((sum, { account: of, debit, credit }) => (of === ACCOUNTS[account] ? sum + debit - credit : sum), 0);
    expect([balance('AR'), balance('TAX_PAYABLE'), balance('FREIGHT_REVENUE'), balance('OTHER_CHARGES')]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(balance('REVENUE') + balance('SALES_RETURNS')).toBe(0);
  });

  it('refuse to call a lopsided, broken or two-sided journal balanced', () => {
    expect(isBalanced([{ account: '1100', debit: 5, credit: 0 }])).toBe(false);
    expect(isBalanced([{ account: '1100', debit: 5, credit: 5 }])).toBe(false);
    expect(
      isBalanced([
        { account: '1100', debit: 0.5, credit: 0 },
        { account: '4000', debit: 0, credit: 0.5 },
      ]),
    ).toBe(false);
  });

  it('name a journal by rule and source alone, so a newer version of the rule posts nothing again', () => {
    expect(journalIdOf('sales-invoice', 'document-1')).toBe(journalIdOf('sales-invoice', 'document-1'));
    expect(journalIdOf('sales-invoice', 'document-1')).not.toBe(journalIdOf('cost-of-goods', 'document-1'));
    expect(ruleLabel('sales-invoice')).toBe('sales-invoice.1');
  });
});

describe('the chart of accounts', () => {
  it('has one name per number', () => {
    expect(new Set(Object.values(ACCOUNTS)).size).toBe(Object.keys(ACCOUNTS).length);
    for (const [name, number] of Object.entries(ACCOUNTS)) expect(accountName(number)).toBe(name);
  });
  it('knows which side an account grows on', () => {
    const types = (['AR', 'INPUT_TAX', 'TAX_PAYABLE', 'OTHER_CHARGES', 'COGS', 'ROUNDING'] as const).map((name) =>
      accountType(ACCOUNTS[name]),
    );
    expect(types).toEqual(['asset', 'asset', 'liability', 'revenue', 'expense', 'expense']);
  });
});
