/** Master data as a person or a program keys it in: `{ "customers": [...], "items": [...], "nodes": [...], "entities": [...] }`. */
import { everyViolationOf } from '@crossdock/contracts';
import { Refused } from '../web/problem.js';
import { MESSAGES, PARTS, type MasterData } from './catalogue.js';

const refuse = (text: string): Refused => new Refused(422, 'bad-master-data', text);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Throws `Refused` 422 that names the first faults. Parts that are left out are left as they are. */
export const keyedIn = (body: unknown): MasterData => {
  if (!isObject(body)) throw refuse(`send an object with ${PARTS.join(', ')}`);
  const strange = Object.keys(body).filter((name) => !(PARTS as string[]).includes(name));
  if (strange.length > 0) throw refuse(`there is no ${strange.join(', ')}: send ${PARTS.join(', ')}`);
  const faults: string[] = [];
  const parts = PARTS.map((part) => {
    const entries: unknown = body[part] ?? [];
    if (!Array.isArray(entries)) throw refuse(`${part} must be a list`);
    entries.forEach((entry: unknown, at) => {
      const violations = everyViolationOf(MESSAGES[part].dataClass, isObject(entry) ? { ...entry, version: 1 } : entry);
      faults.push(...violations.map(({ text }) => `${part}[${at}]: ${text}`));
    });
    return [part, entries] as const;
  });
  if (faults.length > 0) throw refuse(faults.slice(0, 10).join('; '));
  return Object.fromEntries(parts) as unknown as MasterData;
};
