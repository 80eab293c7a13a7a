/** Reads JSON within limits: size and depth are judged before anything is built. */
import type { Fault } from './translation.js';
import { utf16Of } from './utf16.js';

export interface JsonLimits {
  readonly bytes: number;
  readonly depth: number;
}
/** A 5,000-line order of a shop is 4 MB; nothing that partners send is nested deeper than 20. */
export const JSON_LIMITS: JsonLimits = { bytes: 32 * 1024 * 1024, depth: 64 };

export type JsonDocument = { readonly value: unknown } | { readonly fault: Fault };

/** Deepest nesting, found without recursion; strings are passed over. Stops when it is deeper than allowed. */
const isDeeper = (text: string, allowed: number): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > allowed) return true;
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
  return false;
};

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(utf16Of(bytes) ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Long numbers are ids as often as amounts: kept as text, with every digit, where a double would lose some. */
const LONG_NUMBER = /[-0-9.]{16}/;
const keepDigits = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || source.length < 16) return value;
  return String(value) === source ? value : source;
};
const parse = (text: string): unknown => {
  const value: unknown = LONG_NUMBER.test(text)
    ? JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown)
    : JSON.parse(text);
  return value;
};

/** The value, or the one fault that says why there is none. */
export const readJson = (bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): JsonDocument => {
  const refused = (code: string, text: string): JsonDocument => ({ fault: { code, path: '/', text } });
  if (bytes.length > limits.bytes)
    return refused('document-too-large', `${bytes.length} bytes, at most ${limits.bytes} are read`);
  const text = textOf(bytes);
  if (text === undefined) return refused('document-unreadable', 'bytes are not UTF-8, as JSON has to be');
  if (isDeeper(text, limits.depth))
    return refused('document-too-deep', `more than ${limits.depth} objects and lists within each other`);
  try {
    return { value: parse(text) };
  } catch (error) {
    return refused('document-unreadable', `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};
