import { ref } from '@crossdock/kernel';
import { JournalPosted, ValueStock, ValueStockDue } from '@crossdock/contracts';
import { scenario } from '@crossdock/testing';
import { catalogue } from './catalogue.js';
import { ledger } from './decide-ledger.js';
import { valuation } from './decide-valuation.js';
import { aMovementLine, aMovementRecorded, aNodeChanged, anItemChanged, heard } from './finance.builders.js';
import { journalIdOf } from './posting-rules.js';

const node = () =>
  scenario(valuation).knowing(ref('node', 'LDN'), { status: 'known', node: 'LDN', entity: 'CD-UK', version: 1 });

describe('a movement of stock', () => {
  it('of a receipt is valued by the entity of its node, on the document date', () => {
    node()
      .when(aMovementRecorded({ lines: [aMovementLine(1, { sellable: 100, unitCost: '7.50' })] }))
      .thenSays(ValueStock, {
        entity: 'CD-UK',
        rule: 'goods-receipt',
        source: 'movement-1',
        postingDate: '2010-12-01',
        lines: [{ item: 'ITEM-1', units: 100, unitCost: '7.50' }],
      });
  });
  it('without a document date is posted on the day it happened', () => {
    const { postingDate: _, ...data } = aMovementRecorded().data;
    node()
      .when({ ...aMovementRecorded(), data })
      .thenSays(ValueStock, { postingDate: '2026-03-02' });
  });
  it.each(['pick-confirmed', 'shipment-confirmed', 'return-received'] as const)(
    'of %s is valued with its document',
    (movement) => {
      node()
        .when(aMovementRecorded({ movement, lines: [aMovementLine(1, { picked: -3 })] }))
        .thenIgnores('nothing-to-do');
    },
  );
  it('that only changes buckets has no value', () => {
    node()
      .when(
        aMovementRecorded({ movement: 'stock-adjusted', lines: [aMovementLine(1, { sellable: -2, quarantine: 2 })] }),
      )
      .thenIgnores('nothing-to-do');
  });
  it('of goods that a supplier owns has no value in our books', () => {
    node()
      .when(
        aMovementRecorded({
          lines: [aMovementLine(1, { sellable: 10, consigned: 10 }), aMovementLine(2, { sellable: 5 })],
        }),
      )
      .thenSays(ValueStock, { lines: [{ item: 'ITEM-2', units: 5 }] });
  });
  it('at a node that is not known yet waits', () => {
    scenario(valuation).when(aMovementRecorded()).thenDefers('unknown-node');
  });
});

const entity = () =>
  scenario(ledger)
    .knowing(ref('entity', 'CD-UK'), {
      status: 'known',
      entity: 'CD-UK',
      currency: 'GBP',
      invoicePrefix: 'I',
      creditMemoPrefix: 'C',
      version: 1,
    })
    .knowing(ref('item', 'ITEM-1'), { status: 'known', item: 'ITEM-1', cost: '7.50', version: 1 });
const toValue = (
  rule: 'goods-receipt' | 'stock-adjustment' | 'transfer-shipped' | 'cost-of-goods-late',
  lines: { item: string; units: number; unitCost?: string }[],
) =>
  heard(ValueStock, {
    journalId: journalIdOf(rule, 'movement-1'),
    entity: 'CD-UK',
    rule,
    source: 'movement-1',
    postingDate: '2010-12-01',
    lines,
  });

describe('stock at cost', () => {
  it('received is owed to the supplier', () => {
    entity()
      .when(toValue('goods-receipt', [{ item: 'ITEM-1', units: 100, unitCost: '7.1234' }]))
      .thenSays(JournalPosted, {
        rule: 'goods-receipt.1',
        entries: [
          { account: '1200', debit: 71234 },
          { account: '2010', credit: 71234 },
        ],
      });
  });
  it('missing and found stand side by side', () => {
    entity()
      .when(
        toValue('stock-adjustment', [
          { item: 'ITEM-1', units: -10 },
          { item: 'ITEM-1', units: 4 },
        ]),
      )
      .thenSays(JournalPosted, {
        entries: [
          { account: '5100', debit: 7500 },
          { account: '1200', credit: 7500 },
          { account: '1200', debit: 3000 },
          { account: '5110', credit: 3000 },
        ],
      });
  });
  it('on its way to another node is in transit', () => {
    entity()
      .when(toValue('transfer-shipped', [{ item: 'ITEM-1', units: -2 }]))
      .thenSays(JournalPosted, {
        entries: [
          { account: '1210', debit: 1500 },
          { account: '1200', credit: 1500 },
        ],
      });
  });
  it('is posted once', () => {
    const receipt = toValue('goods-receipt', [{ item: 'ITEM-1', units: 1 }]);
    entity()
      .given(receipt)
      .when({ ...receipt, id: 'another' })
      .thenIgnores('already-known');
  });
  it('of no value is no journal, also when its item gets a cost later', () => {
    const receipt = toValue('goods-receipt', [{ item: 'FREE', units: 1, unitCost: '0' }]);
    entity()
      .given(receipt)
      .thenNever(JournalPosted)
      .when({ ...receipt, id: 'another' })
      .thenIgnores('already-known');
  });
});

describe('stock whose cost is not known', () => {
  const late = toValue('cost-of-goods-late', [{ item: 'NEW', units: 4 }]);
  const known = { status: 'known', item: 'NEW', cost: '2.00', version: 1 } as const;
  const caseOf = (books: ReturnType<typeof entity>) =>
    books.outputs.flatMap((output) => ('change' in output && output.on.kind === 'case' ? [output.on] : []))[0];
  const nextLook = (books: ReturnType<typeof entity>) => heard(ValueStockDue, books.said(ValueStockDue)[0]!);

  it('is looked for again shortly, without bothering anyone', () => {
    const books = entity().when(late).thenSays(ValueStockDue, { times: 0 }).thenNever(JournalPosted);
    expect(caseOf(books)).toBeUndefined();
  });
  it('is posted when the cost has come', () => {
    const books = entity().given(late);
    books
      .knowing(ref('item', 'NEW'), known)
      .when(nextLook(books))
      .thenSays(JournalPosted, {
        rule: 'cost-of-goods-late.1',
        source: 'movement-1',
        entries: [
          { account: '5000', debit: 800 },
          { account: '1200', credit: 800 },
        ],
      });
  });
  it('is what all units cost less those of earlier parts', () => {
    const part = [
      { item: 'NEW', units: 3 },
      { item: 'NEW', units: -1 },
    ];
    entity()
      .knowing(ref('item', 'NEW'), { ...known, cost: '3.333333' })
      .when(toValue('cost-of-goods-late', part))
      .thenSays(JournalPosted, {
        entries: [
          { account: '5000', debit: 667 },
          { account: '1200', credit: 667 },
        ],
      });
  });
  it('is a case after the third look; a retry posts it and the timer finds nothing to do', () => {
    const books = entity().given(late);
    books.given(nextLook(books));
    books.given(nextLook(books));
    const on = caseOf(books)!;
    books.thenState(on, { status: 'open', reason: 'cost-unknown', text: 'no cost is known of NEW' });
    const look = nextLook(books);
    books
      .knowing(ref('item', 'NEW'), known)
      .when({ ...look, id: 'retry' })
      .thenSays(JournalPosted, { source: 'movement-1' })
      .thenState(on, { status: 'resolved' })
      .when(look)
      .thenIgnores('timer-moot');
  });
  it('is looked for once at a time, however often it is told', () => {
    entity()
      .given(late)
      .when({ ...late, id: 'another' })
      .thenIgnores('already-known');
  });
});

describe('master data', () => {
  it('keeps the newest cost of an item', () => {
    scenario(catalogue)
      .given(anItemChanged('TEA', '2.00', 2))
      .when(anItemChanged('TEA', '1.00', 1))
      .thenIgnores('old-version')
      .thenState(ref('item', 'TEA'), { cost: '2.00' });
  });
  it('keeps which entity a node belongs to', () => {
    scenario(catalogue).when(aNodeChanged('LDN', 'CD-UK')).thenState(ref('node', 'LDN'), { entity: 'CD-UK' });
  });
});
