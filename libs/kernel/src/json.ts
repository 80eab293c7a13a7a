/** Reads JSON that came from outside: what can't be kept as it was written is refused. */

export type JsonRead =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; /** for a person */ readonly text: string };

/** Cheap look for names that could reach an object's prototype, and for escapes, which may hide one. */
const SUSPECT = /__proto__|constructor|\\u/;
const HALF_CHARACTER = /\p{Surrogate}/u;
class Unfit extends Error {}

const harmless = (key: string, value: unknown): unknown => {
  const poisoned =
    key === '__proto__' ||
    (key === 'constructor' && value !== null && typeof value === 'object' && 'prototype' in value);
  if (poisoned) throw new Unfit(`${key} may not be a name here`);
  // Half a character is stored as another one, and two keys that differ in it as the same.
  if (typeof value === 'string' && HALF_CHARACTER.test(value)) throw new Unfit('a \\u escape is half a character');
  return value;
};

/** Where the text breaks off or goes wrong, as far as the engine tells. */
const whereIn = ({ message }: Error, what: string): string => {
  const place = /\(line (\d+) column (\d+)\)/.exec(message);
  if (place) return `${what} is no JSON from line ${place[1]}, column ${place[2]} on`;
  return message.includes('end of JSON') ? `${what} ends before its JSON does` : `${what} is no JSON`;
};

/** JSON without names that could poison a prototype and without halves of characters. `what` names the text for a person. */
export const readJsonText = (text: string, what: string): JsonRead => {
  try {
    return { ok: true, value: (SUSPECT.test(text) ? JSON.parse(text, harmless) : JSON.parse(text)) as unknown };
  } catch (error) {
    return { ok: false, text: error instanceof Unfit ? error.message : whereIn(error as Error, what) };
  }
};
