/** The trial balance of a legal entity, as its books stood at a moment, on a business day, or after a journal. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { compareInstants, dayOf, isDay, isInstant, type Day, type Instant } from '@crossdock/kernel';
import { From, Opens, Problem, QUERIES, Scope, type Caller, type Queries } from '@crossdock/runtime';
import { accountName, accountType, ACCOUNTS } from '../domain/accounts.js';
import {
  journalBlockKey,
  recordedKey,
  type Balance,
  type Book,
  type Journal,
  type SumsByAccount,
} from '../domain/journal.js';
import { addBalance, addJournal, trialBalance, type Cut } from '../domain/trial-balance.js';
import { May, Must, refusedParameter } from './page.js';

export interface TrialBalanceQuery {
  readonly entity?: string;
  /** business day `2010-12-01`: posted until then; or moment `2026-03-02T09:00:00.000Z`: recorded until then */
  readonly asOf?: string;
  /** as the books were known at this moment */
  readonly knownAt?: string;
  /** as the books stood after this journal */
  readonly through?: string;
}

interface Asked {
  readonly postedUntil?: Day;
  readonly recordedUntil?: Instant;
  readonly through?: number;
}
const earlier = (a: Instant, b: Instant): Instant => (compareInstants(a, b) < 0 ? a : b);

const askedOf = ({ asOf, knownAt, through }: TrialBalanceQuery): Asked => {
  if (asOf !== undefined && !isDay(asOf) && !isInstant(asOf))
    throw refusedParameter(
      'asOf',
      'asOf must be a day such as 2026-03-02 or a moment such as 2026-03-02T09:00:00.000Z',
    );
  if (knownAt !== undefined && !isInstant(knownAt))
    throw refusedParameter('knownAt', 'knownAt must be a moment such as 2026-03-02T09:00:00.000Z');
  const no = through === undefined ? undefined : Number(through);
  if (no !== undefined && (!Number.isInteger(no) || no < 1))
    throw refusedParameter('through', 'through must be a journal number');
  const recordedUntil = asOf !== undefined && isInstant(asOf) ? asOf : knownAt;
  return {
    ...(asOf !== undefined && isDay(asOf) ? { postedUntil: asOf } : {}),
    ...(recordedUntil === undefined ? {} : { recordedUntil }),
    ...(no === undefined ? {} : { through: no }),
  };
};

@Controller('v1')
export class TrialBalanceController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Get('accounts')
  @Scope('finance:read')
  @Opens({ summary: 'The chart of accounts' })
  accounts() {
    return {
      accounts: Object.values(ACCOUNTS).map((account) => ({
        account,
        name: accountName(account),
        type: accountType(account),
      })),
    };
  }

  @Get('trial-balance')
  @Scope('finance:read')
  @Opens({
    summary: 'Trial balance of an entity as of a business day or a moment',
    description:
      '`final` says that the same question will be answered alike for ever; where it is false, asking with `through` of ' +
      'the answer gives the very same books at any later time.',
    answers: { 200: 'Sums by account and currency in minor units, their totals, and whether they balance' },
  })
  @Must('entity', 'legal entity')
  @May('asOf', 'a business day (posted until then) or a moment (recorded until then); now when left out')
  @May('knownAt', 'a moment, together with a day: as the books were known then')
  @May('through', 'number of the last journal that counts')
  async trialBalance(@From() { tenant }: Caller, @Query() query: TrialBalanceQuery) {
    const { entity } = query;
    if (!entity) throw refusedParameter('entity', 'entity must be given');
    const asked = askedOf(query);
    const book = await this.book(tenant, entity);
    if (!book) return { entity, through: 0, final: false, ...trialBalance({}) };
    const { cut, final } = await this.cutOf(tenant, asked, book);
    return { entity, ...cut, final, ...trialBalance(await this.sums(tenant, cut, book)) };
  }

  private async book(tenant: string, entity: string): Promise<Book | undefined> {
    const found = await this.queries.get<Book>(tenant, 'book', entity);
    return found && found.state.journals > 0 ? found.state : undefined;
  }

  /** What lies before the book's clock can't change any more; at or after it, only the number of a journal holds. */
  private async cutOf(tenant: string, { postedUntil, recordedUntil, through }: Asked, book: Book) {
    const day = postedUntil ? { postedUntil } : {};
    if (through !== undefined && through < book.journals) {
      const last = await this.journalNo(tenant, book.entity, through);
      const cut: Cut = { ...day, recordedUntil: earlier(recordedUntil ?? last, last), through };
      return { cut, final: true };
    }
    const cut: Cut = {
      ...day,
      recordedUntil: earlier(recordedUntil ?? book.clock, book.clock),
      through: book.journals,
    };
    const final = through === book.journals || cut.recordedUntil < book.clock;
    return { cut, final };
  }

  private async journalNo(tenant: string, entity: string, no: number): Promise<Instant> {
    for await (const { state } of this.queries.scan<Journal>(tenant, 'journal', [journalBlockKey(entity, no)]))
      if (state.status === 'posted' && state.no === no) return state.recordedAt;
    throw new Problem(404, 'not-found');
  }

  private async sums(tenant: string, cut: Cut, book: Book): Promise<SumsByAccount> {
    if (cut.recordedUntil === book.clock && cut.through === book.journals) {
      const all = await this.dailySums(tenant, cut, book.entity, 'until');
      const after = await this.book(tenant, book.entity);
      // Nothing was posted while we read: the daily sums are the books up to that journal.
      if (after?.journals === book.journals) return all;
    }
    let sums = await this.dailySums(tenant, cut, book.entity, 'before');
    const day = recordedKey(book.entity, dayOf(cut.recordedUntil));
    for await (const { state } of this.queries.scan<Journal>(tenant, 'journal', [day]))
      if (state.status === 'posted') sums = addJournal(sums, cut, state);
    return sums;
  }

  private async dailySums(tenant: string, cut: Cut, entity: string, days: 'before' | 'until'): Promise<SumsByAccount> {
    let sums: SumsByAccount = {};
    for await (const { state } of this.queries.scan<Balance>(tenant, 'balance', [`entity:${entity}`]))
      sums = addBalance(sums, cut, state, days);
    return sums;
  }
}
