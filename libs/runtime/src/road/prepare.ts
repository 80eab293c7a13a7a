/** Checks a decision's outputs before anything of it counts: declared, valid, not too large. */
import { outputsOf, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import { violationsOf, type Message } from '@crossdock/contracts';
import type { DoorAnswer } from '../door/door.js';
import { messageOf } from '../service.js';

/** Bytes of one event's body: the broker's limit less headers. */
const MAX_EVENT_BYTES = 7_500_000;

export interface Prepared {
  /** place among the decision's outputs; ids derive from it */
  readonly index: number;
  readonly message: Message;
  readonly data: unknown;
  readonly as:
    | { readonly kind: 'say'; readonly body: string; readonly of?: Ref }
    | { readonly kind: 'timer'; readonly at: string }
    | { readonly kind: 'ask' };
}
export type Preparation =
  | { readonly fault: string; /** `output-invalid` unless said */ readonly reason?: string }
  | { readonly prepared: readonly Prepared[] };

const spokenIn = (output: Output): Message | undefined => {
  if ('say' in output) return messageOf(output.say);
  if ('later' in output) return messageOf(output.later);
  return 'ask' in output ? messageOf(output.ask) : undefined;
};

/** Messages, timers and questions of a decision, or what is wrong with the first that is not right. */
export const prepare = (outputs: readonly Output[], says: ReadonlySet<string>): Preparation => {
  const prepared: Prepared[] = [];
  for (const [index, output] of outputs.entries()) {
    const message = spokenIn(output);
    if (!message) continue;
    const { data } = output as { data: unknown };
    if ('say' in output && !says.has(`${message.type}.v${message.version}`))
      return { fault: `${message.type} is not among what the service says` };
    const violation = violationsOf(message.dataClass, data, 'strict')[0];
    if (violation) return { fault: `${message.type}: ${violation.text}` };
    if ('later' in output) prepared.push({ index, message, data, as: { kind: 'timer', at: output.at } });
    else if ('ask' in output) prepared.push({ index, message, data, as: { kind: 'ask' } });
    else if ('say' in output) {
      const body = JSON.stringify(data);
      const bytes = Buffer.byteLength(body);
      if (bytes > MAX_EVENT_BYTES)
        return { fault: `${message.type}: ${bytes} bytes are more than ${MAX_EVENT_BYTES}`, reason: 'body-too-large' };
      prepared.push({ index, message, data, as: { kind: 'say', body, ...(output.of ? { of: output.of } : {}) } });
    }
  }
  return { prepared };
};

export const refusalText = (decision: Extract<Decision, { kind: 'reject' }>): string =>
  decision.refusals.map(({ reason, field, text }) => [field, text ?? reason].filter(Boolean).join(': ')).join('; ');

/** What the caller at the door gets. */
export const doorAnswer = (decision: Decision): DoorAnswer => {
  if (decision.kind === 'reject') return { kind: 'reject', reason: decision.reason, refusals: decision.refusals };
  if (decision.kind === 'ignore')
    return {
      kind: 'ignore',
      reason: decision.reason,
      ...(decision.answer === undefined ? {} : { answer: decision.answer }),
    };
  const spoken = outputsOf(decision).find((output) => 'answer' in output);
  return spoken && 'answer' in spoken ? { kind: 'accept', answer: spoken.answer } : { kind: 'accept' };
};

/** The cause as what is said follows it: with the conversation that the decision names, where it names one. */
export const threaded = (cause: Input, decision: Decision): Input => {
  if (decision.kind !== 'accept' || !decision.thread) return cause;
  const { batchId: _ofCause, ...rest } = cause;
  return { ...rest, ...decision.thread };
};

/** A timer or a question as the input that it will be. */
export const following = (
  id: string,
  cause: Input,
  message: Message,
  data: unknown,
  at: string,
  traceparent: string | undefined,
): Input => ({
  id,
  type: message.type,
  version: message.version,
  tenant: cause.tenant,
  key: message.key(data),
  data,
  at,
  actor: cause.actor,
  correlationId: cause.correlationId,
  causationId: cause.id,
  ...(cause.batchId ? { batchId: cause.batchId } : {}),
  entityVersion: 0,
  ...(traceparent ? { traceparent } : {}),
});
