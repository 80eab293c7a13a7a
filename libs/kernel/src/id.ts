/** Ids that are derived, never drawn: deciding again gives the same ids. */
import { createHash } from 'node:crypto';

const SEPARATOR = '\u001f';

/** 128-bit hash of its parts as 32 hex digits. Parts are joined by a separator that no id contains. */
export const derivedId = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join(SEPARATOR)).digest('hex').slice(0, 32);

/** Number of partitions; a subject ends in `00`..`15`. */
export const PARTITIONS = 16;

/** FNV-1a, 32 bit, over UTF-8 bytes: the same function as the broker's own `partition()` mapping. */
export const fnv1a32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
};
export const partitionOf = (laneKey: string): number => fnv1a32(laneKey) % PARTITIONS;
export const partitionToken = (partition: number): string => String(partition).padStart(2, '0');
