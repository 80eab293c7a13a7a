import fc from 'fast-check';
import { plusMs } from '@crossdock/kernel';
import { checkTrail, trailStart } from './audit-trail.js';
import {
  balanceKind,
  bookKind,
  nextJournal,
  type Balance,
  type Book,
  type PostedJournal,
  type SumsByAccount,
} from './journal.js';
import { costOfGoods, goodsReceipt, salesInvoice } from './posting-rules.js';
import { addBalance, addJournal, isWithin, trialBalance, type Cut } from './trial-balance.js';

const START = '2026-03-02T20:00:00.000Z';
interface Books {
  readonly book: Book;
  readonly journals: readonly PostedJournal[];
  readonly balances: ReadonlyMap<string, Balance>;
}
/** Posts journals as the ledger does: one after the other, at the times their messages carry. */
const books = (postings: readonly { postingDate: string; at: string; amount: number }[]): Books => {
  let book = bookKind.initial('CD-UK');
  const journals: PostedJournal[] = [];
  const balances = new Map<string, Balance>();
  postings.forEach(({ postingDate, at, amount }, index) => {
    const rule = [goodsReceipt, costOfGoods][index % 2] ?? costOfGoods;
    const entries = index % 3 === 0 ? salesInvoice({ goods: amount, freight: 1, charges: 0, tax: 2 }) : rule(amount);
    const data = {
      journalId: `journal-${index}`,
      entity: 'CD-UK',
      currency: 'GBP',
      postingDate,
      rule: 'test.1',
      source: `source-${index}`,
      entries: [...entries],
    };
    const journal = nextJournal(book, data, { at, actor: 'system:test', messageId: String(index), correlationId: 'c' });
    journals.push(journal);
    book = bookKind.evolve(book, {
      type: 'journal-booked',
      no: journal.no,
      hash: journal.hash,
      at: journal.recordedAt,
    });
    const summed = {
      type: 'journal-summed' as const,
      entity: 'CD-UK',
      postingDate,
      currency: 'GBP',
      entries,
      recordedOn: journal.recordedAt.slice(0, 10),
    };
    balances.set(postingDate, balanceKind.evolve(balances.get(postingDate) ?? balanceKind.initial(''), summed));
  });
  return { book, journals, balances };
};
const byJournals = (cut: Cut, { journals }: Books): SumsByAccount =>
  journals.reduce((sums, journal) => addJournal(sums, cut, journal), {} as SumsByAccount);
/** As the API does it: whole days from the daily sums, the day of the cut journal by journal. */
const byDays = (cut: Cut, { journals, balances }: Books): SumsByAccount => {
  const before = [...balances.values()].reduce(
    (sums, balance) => addBalance(sums, cut, balance, 'before'),
    {} as SumsByAccount,
  );
  const today = journals.filter(({ recordedAt }) => recordedAt.startsWith(cut.recordedUntil.slice(0, 10)));
  return today.reduce((sums, journal) => addJournal(sums, cut, journal), before);
};

const postings = fc.array(
  fc.record({
    postingDate: fc.constantFrom('2010-12-01', '2010-12-02', '2026-03-01'),
    // Up to two days, and not always forward: messages may be late.
    at: fc.integer({ min: 0, max: 48 * 3600 }).map((second) => plusMs(START, second * 1000)),
    amount: fc.integer({ min: 1, max: 100_000 }),
  }),
  { minLength: 1, maxLength: 30 },
);
const cutOf = ({ book, journals }: Books, draw: number): Cut => ({
  recordedUntil: journals[draw % journals.length]?.recordedAt ?? book.clock,
  through: draw % 2 === 0 ? book.journals : (draw % journals.length) + 1,
  ...(draw % 3 === 0 ? { postedUntil: '2010-12-01' } : {}),
});

describe('a trial balance', () => {
  it('from daily sums is that of its journals, at any moment', () => {
    fc.assert(
      fc.property(postings, fc.nat(), (posted, draw) => {
        const all = books(posted);
        const cut = cutOf(all, draw);
        expect(trialBalance(byDays(cut, all))).toEqual(trialBalance(byJournals(cut, all)));
        expect(trialBalance(byDays(cut, all)).balanced).toBe(true);
      }),
    );
  });
  it('before the clock of the books never changes, however late a message is', () => {
    fc.assert(
      fc.property(postings, postings, fc.nat(), (posted, more, draw) => {
        const then = books(posted);
        const now = books([...posted, ...more]);
        const cut = cutOf(then, draw);
        fc.pre(cut.recordedUntil < then.book.clock);
        expect(trialBalance(byDays({ ...cut, through: now.book.journals }, now))).toEqual(
          trialBalance(byDays({ ...cut, through: then.book.journals }, then)),
        );
      }),
    );
  });
  it('through a journal is the same at any later time', () => {
    fc.assert(
      fc.property(postings, postings, (posted, more) => {
        const then = books(posted);
        const now = books([...posted, ...more]);
        const cut = { recordedUntil: then.book.clock, through: then.book.journals };
        expect(trialBalance(byDays(cut, now))).toEqual(trialBalance(byDays(cut, then)));
      }),
    );
  });
  it('names accounts and their sides', () => {
    const sums = byJournals(
      { recordedUntil: '2027-01-01T00:00:00.000Z', through: 9 },
      books([{ postingDate: '2010-12-01', at: START, amount: 500 }]),
    );
    expect(trialBalance(sums)).toEqual({
      accounts: [
        { account: '1100', name: 'AR', type: 'asset', currency: 'GBP', debit: 503, credit: 0, balance: 503 },
        { account: '2100', name: 'TAX_PAYABLE', type: 'liability', currency: 'GBP', debit: 0, credit: 2, balance: -2 },
        { account: '4000', name: 'REVENUE', type: 'revenue', currency: 'GBP', debit: 0, credit: 500, balance: -500 },
        {
          account: '4050',
          name: 'FREIGHT_REVENUE',
          type: 'revenue',
          currency: 'GBP',
          debit: 0,
          credit: 1,
          balance: -1,
        },
      ],
      totals: [{ currency: 'GBP', debit: 503, credit: 503 }],
      balanced: true,
    });
  });
  it('counts a journal by business day, moment and number together', () => {
    const [journal] = books([{ postingDate: '2010-12-02', at: START, amount: 1 }]).journals as [PostedJournal];
    expect(isWithin({ recordedUntil: START, through: 1 }, journal)).toBe(true);
    expect(isWithin({ recordedUntil: START, through: 1, postedUntil: '2010-12-01' }, journal)).toBe(false);
    expect(isWithin({ recordedUntil: plusMs(START, -1), through: 1 }, journal)).toBe(false);
    expect(isWithin({ recordedUntil: START, through: 0 }, journal)).toBe(false);
  });
});

describe('the audit trail', () => {
  const { journals } = books([1, 2, 3, 4].map((amount) => ({ postingDate: '2010-12-01', at: START, amount })));
  const faults = (found: readonly PostedJournal[]) => checkTrail(trailStart, found).faults;
  const [first, second, third, fourth] = journals as [PostedJournal, PostedJournal, PostedJournal, PostedJournal];

  it('of untouched books has no fault, checked in parts as well', () => {
    expect(faults(journals)).toEqual([]);
    expect(checkTrail(checkTrail(trailStart, [first, second]), [fourth, third])).toMatchObject({
      last: 4,
      hash: fourth.hash,
      faults: [],
    });
  });
  it('shows a journal that is gone', () => {
    expect(faults([first, third, fourth])).toEqual([{ no: 2, fault: 'missing' }]);
  });
  it('shows a journal that was changed', () => {
    const more = second.entries.map((entry) => ({ ...entry, debit: entry.debit * 2, credit: entry.credit * 2 }));
    expect(faults([first, { ...second, entries: more }, third, fourth])).toEqual([{ no: 2, fault: 'changed' }]);
  });
  it('shows a journal that was changed together with its hash', () => {
    const forged = { ...second, hash: 'f'.repeat(32) };
    expect(faults([first, forged, third, fourth])).toEqual([
      { no: 2, fault: 'changed' },
      { no: 3, fault: 'chain-broken' },
    ]);
  });
});
