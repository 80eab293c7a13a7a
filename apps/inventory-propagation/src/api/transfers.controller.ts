/** Transfers between nodes: sent here, expected there, arrived. Each end is booked in its own lane. */
import { Body, Controller, Get, Headers, Inject, Param, Post } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import { CompleteTransfer, ShipTransfer } from '@crossdock/contracts';
import {
  answerOf,
  DOOR,
  From,
  Opens,
  Problem,
  QUERIES,
  Scope,
  type Caller,
  type Door,
  type Queries,
} from '@crossdock/runtime';
import type { Transfer } from '../domain/transfer.js';
import { ArrivalBody, DocumentTaken, TransferBody, type TransferLineBody } from './bodies.js';
import { Intake } from './intake.js';
import { numbered } from './numbered.js';

type Known = Exclude<Transfer, { status: 'none' }>;
const CONFLICTS = { 'document-changed': 409 } as const;
const CORRELATION = 'x-correlation-id';
const now = (): string => new Date().toISOString();

@Controller('v1/transfers')
export class TransfersController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(Intake) private readonly intake: Intake,
  ) {}

  @Post()
  @Scope('inventory:write')
  @Opens({
    summary: 'Stock leaves a node for another one',
    description: 'Takes only what nobody claims.',
    body: TransferBody,
    answers: {
      201: DocumentTaken,
      400: 'schema-violation, by field',
      409: 'document-changed',
      422: 'not-enough-stock',
    },
  })
  async ship(
    @Body() body: unknown,
    @Headers(CORRELATION) header: string | undefined,
    @From() caller: Caller,
  ): Promise<DocumentTaken> {
    const { document, from } = await this.intake.take('transfers', TransferBody, body, header, caller);
    const { documentNo, node, toNode, occurredAt = now(), lines } = document;
    const transferId = derivedId('transfer', from.tenant, node, documentNo);
    const data = { transferId, documentNo, node, toNode, occurredAt, lines: numbered(lines) };
    const outcome = await this.door.submit(ShipTransfer, data, from, { occurredAt });
    return { ...answerOf<DocumentTaken>(outcome, CONFLICTS), transferId };
  }

  @Post(':id/complete')
  @Scope('inventory:write')
  @Opens({
    summary: 'A transfer has arrived, all of it or in parts',
    body: ArrivalBody,
    answers: {
      201: DocumentTaken,
      404: 'transfer-unknown',
      409: 'document-changed; transfer-unknown: not expected there yet',
    },
  })
  async complete(
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers(CORRELATION) header: string | undefined,
    @From() caller: Caller,
  ): Promise<DocumentTaken> {
    const { document, from } = await this.intake.take('arrivals', ArrivalBody, body, header, caller);
    const ends = await this.ends(from.tenant, id);
    const [first] = ends;
    if (!first) throw new Problem(404, 'transfer-unknown');
    const { transferId, documentNo } = first;
    const node = first.status === 'shipped' ? first.otherNode : first.node;
    const { receiptNo, occurredAt = now() } = document;
    const lines = numbered<TransferLineBody>(document.lines ?? arriving(first, receiptNo !== undefined));
    if (lines.length === 0) throw new Problem(409, 'nothing-to-do');
    const numberedBy = receiptNo ? { receiptNo } : {};
    const data = { transferId, documentNo, ...numberedBy, node, occurredAt, lines };
    const outcome = await this.door.submit(CompleteTransfer, data, from, { occurredAt });
    return { ...answerOf<DocumentTaken>(outcome, CONFLICTS), transferId };
  }

  @Get(':id')
  @Scope('inventory:read')
  @Opens({
    summary: 'Both ends of a transfer',
    answers: { 200: 'what was sent and what arrived', 404: 'transfer-unknown' },
  })
  async show(@Param('id') id: string, @From() caller: Caller): Promise<{ readonly ends: readonly Known[] }> {
    const ends = await this.ends(caller.tenant, id);
    if (ends.length === 0) throw new Problem(404, 'transfer-unknown');
    return { ends };
  }

  /** By transfer id or document number; the receiving end first. */
  private async ends(tenant: string, id: string): Promise<Known[]> {
    const keys = [`transfer:${id}`, `document:${id}`];
    const found = await Promise.all(keys.map((key) => this.queries.byKey<Known>(tenant, 'transfer', key)));
    const [byId = [], byNumber = []] = found;
    const states = (byId.length > 0 ? byId : byNumber).map(({ state }) => state);
    return states.sort((a, b) => Number(a.status === 'shipped') - Number(b.status === 'shipped'));
  }
}

/** All that was sent; of one that arrives in parts, what is still on its way. */
const arriving = ({ lines }: Known, inParts: boolean): { item: string; quantity: number }[] =>
  lines
    .map(({ item, sent, received }) => ({ item, quantity: inParts ? sent - received : sent }))
    .filter(({ quantity }) => quantity > 0);
