/** Bodies are checked strictly, with the validators compiled from their classes. */
import { everyViolationOf } from '@crossdock/contracts';
import { Problem, toldOf } from './problem.js';

/** The body as its class, or `Problem` 400 `schema-violation` naming field and rule of every fault. Unknown fields are refused. */
export const checked = <T extends object>(dataClass: new () => T, body: unknown): T => {
  const violations = everyViolationOf(dataClass, body);
  if (violations.length > 0) {
    const errors = violations.map(({ field, rule, text }) => ({ reason: 'schema-violation', field, rule, text }));
    throw new Problem(400, 'schema-violation', { detail: toldOf(errors), errors });
  }
  return body as T;
};
