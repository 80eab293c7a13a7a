/** Every way of giving a reason code, for the test that finds them all. Nothing runs this. */
import { answerOf, JobFailure, Problem } from '@crossdock/runtime';
import type { DoorAnswer } from '@crossdock/runtime';
import { defer, ignore, ref, reject, type Refusal } from '@crossdock/kernel';
import { endCase, raiseCase } from '@crossdock/contracts';
const on = ref('order', '1');
const fact = { subject: on, keys: [], text: '', at: '', correlationId: '', lane: '' };
const failed = (reason: string, field: string): Refusal => ({ reason, field });
const twice = (code: string): Refusal => failed(code, 'lines');
export const uses = (short: boolean, outcome: DoorAnswer): unknown[] => [
  ignore('by-ignore'),
  defer(short ? 'by-defer-one' : 'by-defer-two', on),
  reject('by-reject', [{ reason: 'by-refusal', field: 'account' }]),
  failed('by-wrapper', 'account'),
  twice('by-wrapper-of-wrapper'),
  raiseCase({ reason: 'by-case', ...fact }),
  endCase(on, 'by-end-of-case', { how: 'resolved', at: '' }),
  new Problem(404, 'by-problem'),
  new JobFailure('by-job', 'text'),
  answerOf(outcome, { 'by-status': 409 }),
];
