/** The door over the road: checks, names and sends an input to the owner of its lane. */
import type { Input } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import type { RoadPort } from '../application/road-port.js';
import type { Watch } from '../watch/watch.js';
import type { Caller, Door, DoorAnswer, Submission } from './door.js';
import { checked } from './checked.js';
import { inputIdOf } from './identity.js';
import { Problem } from './problem.js';

/** An input that is not decided by then may still be; the caller is told to ask again with its key. */
const PATIENCE_MS = 30_000;

export class RoadDoor implements Door {
  constructor(
    private readonly road: () => Pick<RoadPort, 'submit'>,
    private readonly watch: Watch,
    private readonly now: () => number = Date.now,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async submit<D>(contract: Message<D>, data: D, caller: Caller, submission: Submission = {}): Promise<DoorAnswer> {
    if (caller.tenant === '') throw new Problem(401, 'token-missing', { detail: 'nobody said for which tenant' });
    checked(contract.dataClass as new () => object, data);
    const { traceparent } = caller.request ?? {};
    const trace = this.watch.traces.step(`submit ${contract.name}`, 'producer', traceparent, {
      'messaging.operation.type': 'send',
    });
    const parent = trace?.traceparent ?? traceparent;
    // A key that the submission brings itself is a natural one: the same document may come in many requests.
    const bodyHash =
      submission.id === undefined && caller.idempotencyKey !== undefined ? caller.request?.bodyHash : undefined;
    const input: Input = {
      id: submission.id ?? inputIdOf(contract, caller),
      type: contract.type,
      version: contract.version,
      tenant: caller.tenant,
      key: contract.key(data),
      data,
      at: new Date(this.now()).toISOString(),
      ...(submission.occurredAt ? { occurredAt: submission.occurredAt } : {}),
      actor: caller.actor,
      correlationId: caller.correlationId,
      ...(submission.batchId ? { batchId: submission.batchId } : {}),
      entityVersion: 0,
      ...(parent ? { traceparent: parent } : {}),
    };
    try {
      return await this.inTime(this.road().submit({ input, ...(bodyHash ? { bodyHash } : {}) }));
    } catch (error) {
      trace?.fail(error instanceof Problem ? error.code : (error as Error).name);
      throw error;
    } finally {
      trace?.end();
    }
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
