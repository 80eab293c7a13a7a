/**
 * The road as Nest's transport. Rules run on the road itself; `@EventPattern<string>('orders.evt.order-created', ROAD_TRANSPORT)`
 * remains for side listeners: they hear of a message after its commit, at most once, and no one waits for them.
 */
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Input } from '@crossdock/kernel';
import type { Log } from '../watch/logs.js';
import type { RoadPort } from './road-port.js';

export const ROAD_TRANSPORT = Symbol('crossdock:road-transport');

export class RoadStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = ROAD_TRANSPORT;

  private drained: Promise<void> | undefined;

  constructor(
    private readonly road: RoadPort,
    private readonly log: Log,
  ) {
    super();
  }

  override listen(callback: (error?: unknown) => void): void {
    this.road.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }
  /** Drains the road, once. */
  override close(): Promise<void> {
    return (this.drained ??= this.road.drain());
  }
  override on(): never {
    throw new Error('the road has no events of its own');
  }
  override unwrap<T>(): T {
    return this.road as T;
  }

  /** Tells the side listeners of a committed message. A listener that fails is logged and changes nothing. */
  decided(input: Input): void {
    const listener = this.messageHandlers.get(input.type);
    if (!listener) return;
    const { type, correlationId } = input;
    const tell = async (): Promise<void> => {
      // The base class' own dispatch does not wait, and loses what a listener throws. Nest chains further listeners itself.
      await lastValueFrom(this.transformToObservable(await listener(input.data, input)), { defaultValue: undefined });
    };
    tell().catch((error: unknown) => this.log.warn({ err: error, type, correlationId }, 'a side listener failed'));
  }
}
