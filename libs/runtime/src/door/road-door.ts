/** The door over the road: checks, names and sends an input to the owner of its lane. */
import type { Input } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import type { RoadPort } from '../application/road-port.js';
import type { Unread } from '../road/ports.js';
import { hashOf } from '../road/work.js';
import type { Watch } from '../watch/watch.js';
import type { Caller, Door, DoorAnswer, NamedSubmission, Submission } from './door.js';
import { checked } from './checked.js';
import { inputIdOf } from './identity.js';
import { Problem } from './problem.js';

/** An input that is not decided by then may still be; the caller is told to ask again with its key. */
const PATIENCE_MS = 30_000;

export class RoadDoor implements Door {
  constructor(
    private readonly road: () => Pick<RoadPort, 'submit' | 'deposit'>,
    private readonly watch: Watch,
    private readonly now: () => number = Date.now,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  submit<D>(contract: Message<D>, data: D, caller: Caller, submission: Submission = {}): Promise<DoorAnswer> {
    return this.sent('submit', contract, data, caller, submission, (input) => {
      // A key that the submission brings itself is a natural one: the same document may come in many requests.
      const bodyHash =
        submission.id === undefined && caller.idempotencyKey !== undefined ? caller.request?.bodyHash : undefined;
      return this.inTime(this.road().submit({ input, ...(bodyHash ? { bodyHash } : {}) }));
    });
  }

  deposit<D>(contract: Message<D>, data: D, caller: Caller, submission: NamedSubmission): Promise<void> {
    return this.sent('deposit', contract, data, caller, submission, (input) => this.road().deposit({ input }));
  }

  putAside(contract: Message, unread: Unread, caller: Caller, submission: NamedSubmission): Promise<void> {
    const nothing = { ...this.inputOf(contract, caller, submission, hashOf(unread.bytes)), data: {} };
    return this.road().deposit({ input: nothing, unread });
  }

  /** Checks the data, makes the input and hands it on, within a span of its own. */
  private async sent<D, A>(
    how: 'submit' | 'deposit',
    contract: Message<D>,
    data: D,
    caller: Caller,
    submission: Submission,
    send: (input: Input) => Promise<A>,
  ): Promise<A> {
    if (caller.tenant === '') throw new Problem(401, 'token-missing', { detail: 'nobody said for which tenant' });
    checked(contract.dataClass as new () => object, data);
    const { traceparent } = caller.request ?? {};
    const trace = this.watch.traces.step(`${how} ${contract.name}`, 'producer', traceparent, {
      'messaging.operation.type': 'send',
    });
    const parent = trace?.traceparent ?? traceparent;
    const input = { ...this.inputOf(contract, caller, submission, contract.key(data), parent), data };
    try {
      return await send(input);
    } catch (error) {
      trace?.fail(error instanceof Problem ? error.code : (error as Error).name);
      throw error;
    } finally {
      trace?.end();
    }
  }

  private inputOf(
    contract: Pick<Message, 'type' | 'version'>,
    caller: Caller,
    submission: Submission,
    key: string,
    traceparent = caller.request?.traceparent,
  ): Omit<Input, 'data'> {
    return {
      id: submission.id ?? inputIdOf(contract, caller),
      type: contract.type,
      version: contract.version,
      tenant: caller.tenant,
      key,
      at: new Date(this.now()).toISOString(),
      ...(submission.occurredAt ? { occurredAt: submission.occurredAt } : {}),
      actor: caller.actor,
      correlationId: caller.correlationId,
      ...(submission.batchId ? { batchId: submission.batchId } : {}),
      entityVersion: 0,
      ...(traceparent ? { traceparent } : {}),
    };
  }

  private async inTime(answer: Promise<DoorAnswer>): Promise<DoorAnswer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Problem(503, 'outcome-unknown', { retryAfterSeconds: 5 })), this.patienceMs);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
