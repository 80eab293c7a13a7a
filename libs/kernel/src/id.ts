/** Ids that are derived, never drawn: deciding again gives the same ids. */
import { hash } from 'node:crypto';

const SEPARATOR = '\u001f';

/** 128-bit hash of its parts as 32 hex digits. Parts are joined by a separator that no id contains. */
export const derivedId = (...parts: readonly (string | number)[]): string =>
  hash('sha256', parts.join(SEPARATOR), 'hex').slice(0, 32);

/** Number of partitions; a subject ends in `00`..`15`. */
export const PARTITIONS = 16;

/** FNV-1a, 32 bit, over UTF-8 bytes: the same function as the broker's own `partition()` mapping. */
export const fnv1a32 = (text: string): number => {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) {
    value ^= byte;
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  return value;
};
export const partitionOf = (laneKey: string): number => fnv1a32(laneKey) % PARTITIONS;
export const partitionToken = (partition: number): string => String(partition).padStart(2, '0');
