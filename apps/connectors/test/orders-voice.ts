/** The voice of order-orchestration: takes orders whose items it knows, refuses the others, and says so by its events. */
import {
  OrderAccepted,
  OrderAllocated,
  OrderCreated,
  OrderRejected,
  type PricedLine,
  type TakeOrderData,
} from '@crossdock/contracts';
import { derivedId, type Input } from '@crossdock/kernel';
import { decode, type JetStreamBroker } from '@crossdock/runtime';
import { input } from '@crossdock/testing';

export class OrdersVoice {
  /** orders by number, and how often each came to be */
  readonly created = new Map<string, number>();
  /** how often each number was asked for; a message that was sent again is the same question */
  readonly asked = new Map<string, number>();
  /** what was asked for last, by number */
  readonly taken = new Map<string, TakeOrderData>();
  private readonly heard = new Set<string>();
  readonly items = new Set(['TEA', 'POT']);

  private subscription: { unsubscribe(): void } | undefined;
  private over: Promise<void> = Promise.resolve();

  constructor(
    private readonly broker: JetStreamBroker,
    private readonly tell: (...inputs: readonly Input<never>[]) => Promise<void>,
  ) {}

  listen(): void {
    const subscription = this.broker.connection.subscribe('orders.cmd.take-order.v1.*');
    this.subscription = subscription;
    this.over = (async () => {
      for await (const { headers, data } of subscription) {
        const found = decode(
          Object.fromEntries((headers?.keys() ?? []).map((name) => [name, headers?.get(name) ?? ''])),
          data,
        );
        if ('input' in found) await this.answer(found.input as Input<TakeOrderData>);
      }
    })();
  }

  /** Ends when the answer under way is given. */
  async stop(): Promise<void> {
    this.subscription?.unsubscribe();
    await this.over;
  }

  private async answer({ id, data, correlationId, tenant }: Input<TakeOrderData>): Promise<void> {
    const { documentNo, orderId, account, channel, lines } = data;
    if (this.heard.has(id)) return;
    this.heard.add(id);
    this.taken.set(documentNo, data);
    this.asked.set(documentNo, (this.asked.get(documentNo) ?? 0) + 1);
    const of = { orderId, orderNo: documentNo, account };
    const say = (contract: never, told: object, version: number): Input<never> =>
      input(contract, told as never, {
        id: derivedId(id, (contract as { type: string }).type),
        entityVersion: version,
        correlationId,
        tenant,
      }) as Input<never>;
    const unknown = lines.flatMap(({ item }, index) =>
      this.items.has(item) ? [] : [{ reason: 'unknown-item', field: `lines[${index}].item` }],
    );
    if (unknown.length > 0) return this.tell(say(OrderRejected as never, { ...of, channel, refusals: unknown }, 0));
    if (this.created.has(documentNo)) return;
    this.created.set(documentNo, 1);
    const priced = lines.map(({ lineNo, item, quantity, customerLineNo }): PricedLine => ({
      lineNo,
      kind: 'goods',
      item,
      quantity: Number(quantity),
      unit: 'EA',
      unitPrice: '2.55',
      net: 255,
      taxPercent: '20',
      tax: 51,
      ...(customerLineNo ? { customerLineNo } : {}),
    }));
    const terms = { entity: 'UK', currency: data.currency, orderDate: '2026-03-02' };
    const sums = { net: 255, tax: 51, gross: 306 };
    await this.tell(
      say(OrderCreated as never, { ...of, ...terms, channel, shipTo: data.shipTo, lines: priced, ...sums }, 1),
      say(OrderAccepted as never, { ...of, ...terms, country: 'GB', erpOrderNos: ['E1'], lines: priced }, 2),
      say(
        OrderAllocated as never,
        { ...of, lines: priced.map(({ lineNo, item, quantity }) => ({ lineNo, item, quantity })) },
        3,
      ),
    );
  }
}
