/** Fields of parsed JSON, whatever the sender put there: nothing throws, and only own fields are seen. */
import type { DecimalText } from '../canonical/shapes.js';
import { decimalOf } from './edi/decimal.js';

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
export const own = (fields: Fields | undefined, name: string): unknown =>
  fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
/** The value down a path of names. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((found, name) => own(fieldsOf(found), name), value);
export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value == null ? [] : [value];
export const recordsOf = (value: unknown): readonly Fields[] =>
  listOf(value).flatMap((one) => {
    const fields = fieldsOf(one);
    return fields ? [fields] : [];
  });

/** Trimmed text of a text or number; undefined when empty, null, or something else. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim() || undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};
export const textAt = (value: unknown, ...path: readonly string[]): string | undefined => textOf(at(value, ...path));
export const textsOf = (value: unknown): readonly string[] => listOf(value).flatMap((one) => textOf(one) ?? []);
/** A decimal written as text or number; undefined when it is none. */
export const decimalAt = (value: unknown, ...path: readonly string[]): DecimalText | undefined => {
  const text = textAt(value, ...path);
  return text === undefined ? undefined : decimalOf(text);
};
