/** Documents of stock: receipts, counts, adjustments. Sent again they change nothing; with other content: 409. */
import { Body, Controller, Headers, Inject, Post } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import { AdjustStock, RecordCount, RecordReceipt, TransferClaim } from '@crossdock/contracts';
import { answerOf, DOOR, From, Opens, Scope, type Caller, type Door } from '@crossdock/runtime';
import { AdjustmentBody, ClaimTransferBody, CountBody, DocumentTaken, ReceiptBody } from './bodies.js';
import { Intake } from './intake.js';
import { numbered } from './numbered.js';

const CONFLICTS = { 'document-changed': 409 } as const;
const CORRELATION = 'x-correlation-id';
const now = (): string => new Date().toISOString();

@Controller('v1')
export class DocumentsController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(Intake) private readonly intake: Intake,
  ) {}

  @Post('receipts')
  @Scope('inventory:write')
  @Opens({
    summary: 'Goods have come in',
    description: 'They fill backorders by priority, then age. Identity: node and document number.',
    body: ReceiptBody,
    answers: { 201: DocumentTaken, 400: 'schema-violation, by field', 409: 'document-changed' },
  })
  async receipt(
    @Body() body: unknown,
    @Headers(CORRELATION) header: string | undefined,
    @From() caller: Caller,
  ): Promise<DocumentTaken> {
    const { document, from } = await this.intake.take('receipts', ReceiptBody, body, header, caller);
    const { documentNo, node, occurredAt = now(), postingDate, lines } = document;
    const outcome = await this.door.submit(
      RecordReceipt,
      {
        receiptId: derivedId('receipt', from.tenant, node, documentNo),
        documentNo,
        node,
        occurredAt,
        ...(postingDate ? { postingDate } : {}),
        lines: numbered(lines),
      },
      from,
      { occurredAt },
    );
    return answerOf(outcome, CONFLICTS);
  }

  @Post('counts')
  @Scope('inventory:write')
  @Opens({
    summary: 'A cycle count: what was found sellable at a moment',
    description: 'The difference to the books of that moment becomes an adjustment movement. A late count is placed.',
    body: CountBody,
    answers: { 201: DocumentTaken, 400: 'schema-violation, by field', 409: 'document-changed', 422: 'count-overtaken' },
  })
  async count(
    @Body() body: unknown,
    @Headers(CORRELATION) header: string | undefined,
    @From() caller: Caller,
  ): Promise<DocumentTaken> {
    const { document, from } = await this.intake.take('counts', CountBody, body, header, caller);
    const { documentNo, node, occurredAt = now(), lines } = document;
    const counted = numbered(lines).map(({ quantity, ...line }) => ({ ...line, counted: quantity }));
    const countId = derivedId('count', from.tenant, node, documentNo);
    const data = { countId, documentNo, node, occurredAt, lines: counted };
    return answerOf(await this.door.submit(RecordCount, data, from, { occurredAt }), CONFLICTS);
  }

  @Post('adjustments')
  @Scope('inventory:write')
  @Opens({
    summary: 'The books are put right by a document',
    description: 'Below what is claimed it frees the youngest claims; below what is there it is refused.',
    body: AdjustmentBody,
    answers: {
      201: DocumentTaken,
      400: 'schema-violation, by field',
      409: 'document-changed; not-enough-stock: send it again when the receipt is booked',
      422: 'quantity-zero',
    },
  })
  async adjust(
    @Body() body: unknown,
    @Headers(CORRELATION) header: string | undefined,
    @From() caller: Caller,
  ): Promise<DocumentTaken> {
    const { document, from } = await this.intake.take('adjustments', AdjustmentBody, body, header, caller);
    const { documentNo, node, reason, occurredAt = now(), lines } = document;
    const outcome = await this.door.submit(
      AdjustStock,
      {
        adjustmentId: derivedId('adjustment', from.tenant, 'inventory', node, documentNo),
        documentNo,
        node,
        reason,
        postingDate: document.postingDate ?? occurredAt.slice(0, 10),
        occurredAt,
        lines: numbered(lines).map(({ lineNo, item, quantity }) => ({ lineNo, item, quantity })),
      },
      from,
      { occurredAt },
    );
    return answerOf(outcome, CONFLICTS);
  }

  @Post('claims/transfers')
  @Scope('inventory:write')
  @Opens({
    summary: 'One order gives what it holds softly to another one that waits',
    body: ClaimTransferBody,
    answers: {
      201: DocumentTaken,
      400: 'schema-violation, by field',
      409: 'document-changed',
      422: 'nothing-to-transfer',
    },
  })
  async transferClaim(
    @Body() body: unknown,
    @Headers(CORRELATION) header: string | undefined,
    @From() caller: Caller,
  ): Promise<DocumentTaken> {
    const { document, from } = await this.intake.take('claims', ClaimTransferBody, body, header, caller);
    const { correlationId: _, occurredAt = now(), ...rest } = document;
    const transferId = derivedId('claim-transfer', from.tenant, rest.node, rest.documentNo);
    const outcome = await this.door.submit(TransferClaim, { transferId, ...rest, occurredAt }, from, { occurredAt });
    return answerOf(outcome, CONFLICTS);
  }
}
