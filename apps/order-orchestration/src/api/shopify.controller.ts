/** Order webhooks of Shopify shops. Tenant and secret come from the connection; the body counts once it is signed. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { SubmitOrder } from '@crossdock/contracts';
import { derivedId } from '@crossdock/kernel';
import {
  DOOR,
  From,
  Opens,
  Problem,
  Public,
  RawBody,
  type Caller,
  type Door,
  QUERIES,
  type Queries,
} from '@crossdock/runtime';
import { OrderSettings } from '../config.js';
import type { ParkedState } from '../domain/documents.js';
import { submitDocument } from '../jobs/submit-document.js';
import { documentIdOf } from '../translate/document.js';
import { shopifyOrder, type ShopifyConnection } from '../translate/shopify.js';

/** True when the header holds the HMAC-SHA256 of the very bytes, in base64; told in the same time for any other. */
export const isSigned = (body: Buffer, secret: string, signature: string | undefined): boolean => {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** The shop's name in our documents: part of an order's identity, so never taken from what is not signed. */
export const shopChannel = (connection: string, { shop }: ShopifyConnection): string =>
  `shopify-${shop ?? connection}`.slice(0, 64);

type Parsed = { readonly json: unknown } | { readonly fault: string };
const parsed = (body: Buffer): Parsed => {
  try {
    return { json: JSON.parse(body.toString('utf8')) as unknown };
  } catch (error) {
    return { fault: (error as Error).message.slice(0, 200) };
  }
};

@Controller('webhooks/shopify')
export class ShopifyController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(OrderSettings) private readonly settings: OrderSettings,
  ) {}

  @Post(':connection')
  @HttpCode(200)
  @Public()
  @Opens({
    summary: 'A Shopify order webhook, signed with X-Shopify-Hmac-Sha256',
    description:
      'An order that fails a check is put aside as an exception and answered 2xx, because sending it again would not help; a body that is no JSON lies in quarantine as it came. Test orders and cancelled ones are refused.',
    answers: {
      200: 'Taken, known already, or put aside',
      401: 'Not signed',
      404: 'No such connection',
      422: 'Test or cancelled',
    },
  })
  async order(
    @From() anyone: Caller,
    @Param('connection') connection: string,
    @RawBody() body: Buffer,
    @Headers('x-shopify-hmac-sha256') signature?: string,
    @Headers('x-shopify-webhook-id') webhookId?: string,
  ) {
    const shop = Object.hasOwn(this.settings.shopifyConnections, connection)
      ? this.settings.shopifyConnections[connection]
      : undefined;
    if (!shop) throw new Problem(404, 'not-found');
    if (!isSigned(body, shop.secret, signature)) throw new Problem(401, 'not-signed');
    const { tenant } = shop;
    const caller: Caller = { ...anyone, tenant, actor: { kind: 'system', id: `shopify:${connection}` } };
    const read = parsed(body);
    if ('fault' in read) {
      const unread = { reason: 'broken-json', text: read.fault, bytes: body, contentType: 'application/json' };
      const id = derivedId('shopify', tenant, connection, webhookId ?? body.toString('base64'), 'unread');
      await this.door.putAside(SubmitOrder, unread, caller, { id });
      return { status: 'quarantined', reason: 'broken-json', detail: read.fault };
    }
    const outcome = shopifyOrder(read.json, shop);
    if (!outcome.ok)
      throw new Problem(422, outcome.refusals[0]?.reason ?? 'schema-violation', { errors: outcome.refusals });
    const { documentNo } = outcome.document;
    const channel = shopChannel(connection, shop);
    const orderId = documentIdOf(tenant, channel, documentNo);
    const fate = await submitDocument(
      { kind: 'order', documentNo, row: 0, document: outcome.document },
      {
        door: this.door,
        caller,
        channel,
        source: `${channel} ${webhookId ?? ''}`.trim(),
        origin: derivedId(
          'shopify',
          tenant,
          connection,
          webhookId ?? createHmac('sha256', documentNo).update(body).digest('hex'),
        ),
        maxLines: this.settings.maxLines,
        daysAhead: this.settings.daysAhead,
        wasParked: await this.wasParked(tenant, orderId),
      },
    );
    if (typeof fate === 'string') return { orderId, orderNo: documentNo, status: fate };
    return { orderNo: documentNo, status: 'parked', reason: fate.reason, detail: fate.text };
  }
  private async wasParked(tenant: string, orderId: string): Promise<boolean> {
    const found = await this.queries.get<ParkedState>(tenant, 'document', orderId);
    return found?.state.status === 'parked';
  }
}
