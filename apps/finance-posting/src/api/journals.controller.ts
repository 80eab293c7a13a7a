/** Journals as evidence: by what caused them, and the whole trail of an entity checked for gaps and changes. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { From, Opens, Problem, QUERIES, Scope, type Caller, type Queries } from '@crossdock/runtime';
import { accountName } from '../domain/accounts.js';
import { checkTrail, trailStart, type TrailCheck } from '../domain/audit-trail.js';
import { journalBlockKey, JOURNALS_PER_BLOCK, type Book, type Journal, type PostedJournal } from '../domain/journal.js';
import { May, Must, nextAfter, Paged, pageOf, refusedParameter } from './page.js';

const isPosted = (journal: Journal): journal is PostedJournal => journal.status === 'posted';
const shown = ({ status: _, entries, ...journal }: PostedJournal) => ({
  ...journal,
  entries: entries.map((entry) => ({ ...entry, name: accountName(entry.account) })),
});

@Controller('v1')
export class JournalsController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Get('journals')
  @Scope('finance:read')
  @Opens({ summary: 'Journals of a source or of a batch, newest first', answers: { 400: 'Neither was given' } })
  @May('source', 'id of the document or stock movement that it was posted for')
  @May('batch', 'file job or bulk request')
  @Paged()
  async journals(
    @From() { tenant }: Caller,
    @Query('source') source?: string,
    @Query('batch') batch?: string,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ) {
    const key = source ? `source:${source}` : batch ? `batch:${batch}` : undefined;
    if (!key) throw refusedParameter('source', 'source or batch must be given');
    const page = pageOf(limit, after);
    const found = await this.queries.byKey<Journal>(tenant, 'journal', key, page);
    const journals = found
      .map(({ state }) => state)
      .filter(isPosted)
      .map(shown);
    return { journals, ...nextAfter(found, page.limit) };
  }

  @Get('journals/:journalId')
  @Scope('finance:read')
  @Opens({
    summary: 'One journal: who posted it, when, by which rule, from which message',
    answers: { 404: 'No such journal' },
  })
  async journal(@From() { tenant }: Caller, @Param('journalId') journalId: string) {
    const found = await this.queries.get<Journal>(tenant, 'journal', journalId);
    if (!found || !isPosted(found.state)) throw new Problem(404, 'not-found');
    return shown(found.state);
  }

  @Get('audit-trail')
  @Scope('finance:read')
  @Opens({
    summary: 'Checks every journal of an entity: numbers without gaps, hashes chained, both sides equal',
    answers: { 200: '`complete` and the faults found', 404: 'The entity has no books' },
  })
  @Must('entity', 'legal entity')
  async trail(@From() { tenant }: Caller, @Query('entity') entity?: string) {
    if (!entity) throw refusedParameter('entity', 'entity must be given');
    const book = await this.queries.get<Book>(tenant, 'book', entity);
    if (!book) throw new Problem(404, 'not-found');
    const { journals, hash } = book.state;
    let check: TrailCheck = trailStart;
    for (let first = 0; first <= journals; first += JOURNALS_PER_BLOCK) {
      const part: PostedJournal[] = [];
      const key = journalBlockKey(entity, first);
      for await (const { state } of this.queries.scan<Journal>(tenant, 'journal', [key]))
        if (isPosted(state)) part.push(state);
      check = checkTrail(
        check,
        part.filter(({ no }) => no <= journals),
      );
    }
    const complete = check.last === journals && check.hash === hash && check.faults.length === 0;
    return { entity, journals, hash, complete, faults: check.faults };
  }
}
