/** A small service for tests of the door: notes come in, a printer outside prints them, files of notes are jobs. */
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { IsInt, IsString, IsUrl } from 'class-validator';
import {
  accept,
  answer,
  ask,
  change,
  defineDecider,
  ignore,
  kind,
  ref,
  reject,
  rule,
  say,
  type Input,
  type Touched,
} from '@crossdock/kernel';
import {
  bySelf,
  caseKind,
  caseRef,
  defineCommand,
  defineEvent,
  endCase,
  IsListOf,
  IsText,
  IsWhole,
  Optional,
  raiseCase,
} from '@crossdock/contracts';
import {
  answerOf,
  checked,
  defineAsk,
  defineService,
  DOOR,
  From,
  JobFailure,
  JOBS,
  Opens,
  Public,
  QUERIES,
  RawBody,
  Scope,
  Upload,
  type AskPolicy,
  type Caller,
  type Door,
  type JobHandler,
  type Jobs,
  type Queries,
} from '../src/index.js';

export class Mark {
  @IsText(20) sign!: string;
}
export class NoteDocument {
  @IsText(64) name!: string;
  @IsWhole(1, 1000) pages!: number;
  @Optional() @IsListOf(Mark, 5000) marks?: Mark[];
}
class NoteName {
  @IsText(64) name!: string;
}
class PrinterAnswerData extends NoteName {
  @IsText(20) outcome!: string;
  @Optional() @IsText(200) text?: string;
}
const ofName = { key: (data: { name: string }) => data.name, lane: bySelf((data: { name: string }) => data.name) };
export const WriteNote = defineCommand('orders', 'test-write-note', 1, class WriteNoteData extends NoteDocument {}, {
  about: 'A note at the door.',
  ...ofName,
  travels: 'door',
});
export const PrintNote = defineCommand('orders', 'test-print-note', 1, class PrintNoteData extends NoteDocument {}, {
  about: 'Asks the printer.',
  ...ofName,
  travels: 'ask',
});
export const PrinterAnswer = defineCommand('orders', 'test-printer-answer', 1, PrinterAnswerData, {
  about: 'What the printer said.',
  ...ofName,
  travels: 'answer',
});
export const NoteWritten = defineEvent('orders', 'test-note-written', 1, class NoteWrittenData extends NoteName {}, {
  about: 'A note was written.',
  ...ofName,
});

export interface Note {
  readonly status: 'none' | 'written' | 'printed' | 'refused';
  readonly pages: number;
  readonly times: number;
}
type Fact =
  { readonly type: 'written'; readonly pages: number } | { readonly type: 'printed' } | { readonly type: 'refused' };
const note = kind<Note, Fact>({
  initial: () => ({ status: 'none', pages: 0, times: 0 }),
  evolve: (state, fact) =>
    fact.type === 'written'
      ? { status: 'written', pages: fact.pages, times: state.times + 1 }
      : { ...state, status: fact.type },
  keys: (state) => [`status:${state.status}`],
});
const kinds = { note, case: caseKind };
const on = (name: string) => ref('note', name);

const write = ({ data }: Input<NoteDocument>, touched: Touched<typeof kinds>) => {
  const { name, pages } = data;
  if (pages === 13) return reject('quantity-not-positive', [{ reason: 'quantity-not-positive', field: 'pages' }]);
  const known = touched.note(name);
  if (known.status !== 'none') return ignore('already-known', { name, status: known.status });
  return accept(
    change(on(name), { type: 'written' as const, pages }),
    say(NoteWritten, { name }, on(name)),
    pages > 100 ? ask(PrintNote, data) : [],
    answer({ name, status: 'written' }),
  );
};
const printed = (input: Input<PrinterAnswerData>) => {
  const { name, outcome, text = outcome } = input.data;
  const subject = on(name);
  if (outcome === 'done')
    return accept(
      change(subject, { type: 'printed' as const }),
      endCase(subject, 'wms-unanswered', { how: 'resolved', at: input.at }),
    );
  const reason = outcome === 'refused' ? 'wms-refused' : 'wms-unanswered';
  const { at, correlationId } = input;
  const raised = raiseCase({
    reason,
    subject,
    keys: [`note:${name}`],
    text,
    at,
    correlationId,
    lane: name,
    content: { name },
  });
  return outcome === 'refused' ? accept(change(subject, { type: 'refused' as const }), raised) : accept(raised);
};
export const notes = defineDecider({
  name: 'notes',
  kinds,
  rules: [
    rule(WriteNote, ({ data }) => [on(data.name)], write),
    rule(
      PrinterAnswer,
      ({ data }) => [on(data.name), caseRef(on(data.name), 'wms-unanswered'), caseRef(on(data.name), 'wms-refused')],
      printed,
    ),
  ],
});

export class NoteSettings {
  @IsUrl({ require_tld: false, require_protocol: true }) printerUrl!: string;
  @IsInt() pagesMost = 1000;
  @IsString() printerName = 'one';
}

export const printerPolicy: AskPolicy = {
  deadlineMs: 300,
  concurrency: 4,
  unansweredAfterMs: 800,
  backoffMs: [30, 200],
};
export const printer = defineAsk<NoteDocument, PrinterAnswerData, { readonly job: string }, NoteSettings>({
  asks: PrintNote,
  system: 'printer',
  policy: printerPolicy,
  find: ({ data }, outside, { printerUrl }) => outside.find(`${printerUrl}/jobs/${encodeURIComponent(data.name)}`),
  call: ({ data }, outside, { printerUrl }) => outside.request('POST', `${printerUrl}/jobs`, data),
  answers: PrinterAnswer,
  answer: ({ data }, { outcome, ...rest }) => ({
    name: data.name,
    outcome,
    ...('text' in rest ? { text: rest.text.slice(0, 200) } : {}),
  }),
});

export const noteFile: JobHandler<{ read: number; taken: number }, NoteSettings> = {
  name: 'note-file',
  run: async ({ record, open, door, progress, signal }) => {
    const account = { read: 0, taken: 0 };
    for await (const line of createInterface({ input: open() })) {
      if (signal.aborted) throw new Error('stopped');
      if (line === 'broken') throw new JobFailure('unreadable-row', `row ${account.read + 1}`);
      account.read++;
      const outcome = await door.submit(WriteNote, { name: line, pages: 1 }, record.caller, {
        id: `${record.id}-${account.read}`,
      });
      if (outcome.kind === 'accept') account.taken++;
      progress({ ...account });
    }
    return account;
  },
};

@Controller('v1/notes')
export class NoteController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(JOBS) private readonly jobs: Jobs,
    private readonly settings: NoteSettings,
  ) {}

  @Post()
  @Scope('notes:write')
  @Opens({ summary: 'Writes a note', body: NoteDocument, answers: { 201: NoteDocument } })
  async write(@From() caller: Caller, @Body() body: unknown) {
    return answerOf(await this.door.submit(WriteNote, checked(NoteDocument, body), caller));
  }
  @Get('limits')
  @Scope('notes:read')
  limits() {
    return { pages: this.settings.pagesMost };
  }
  @Get(':name')
  @Scope('notes:read')
  async read(@From() caller: Caller, @Param('name') name: string) {
    return (await this.queries.get<Note>(caller.tenant, 'note', name))?.state ?? {};
  }
  @Get(':name/broken')
  @Scope('notes:read')
  broken(): never {
    throw new Error('with a secret in its text');
  }
  @Post('files')
  @HttpCode(202)
  @Scope('notes:write')
  @Opens({ summary: 'A file of notes', upload: ['text/csv'], answers: { 202: 'Taken' } })
  async file(@From() caller: Caller, @Upload() bytes: Readable) {
    const { id, status } = await this.jobs.start('note-file', bytes, { layout: 'lines' }, caller);
    return { id, status };
  }
  @Get('files/:id')
  @Scope('notes:read')
  job(@From() caller: Caller, @Param('id') id: string) {
    return this.jobs.get(caller.tenant, id);
  }
  @Post('signed')
  @Public()
  signed(@From() caller: Caller, @RawBody() bytes: Buffer) {
    return { bytes: bytes.toString('latin1'), tenant: caller.tenant, correlationId: caller.correlationId };
  }
}

export const noteService = defineService({
  name: 'test-notes',
  domain: 'orders',
  about: 'Keeps notes, for tests.',
  decides: [notes],
  says: [NoteWritten],
  asks: [printer],
  opens: [NoteController],
  settings: NoteSettings,
  jobs: [noteFile],
  retries: {
    'wms-refused': (found) => ({
      contract: WriteNote,
      data: { name: `${(found.content as { name: string }).name}-again`, pages: 1 },
    }),
  },
});
