/** Runs one mutated document and says what is wrong with how it was taken; nothing when all is well. */
import { reasonOf } from '@crossdock/contracts';
import type { ReadTracking, Translate } from '../conformance/translations.ts';
import type { Seed } from './seeds.ts';

const told = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Every fault has a code of the catalogue, a place and a sentence; something always comes back. */
const ofDocument = (translate: Translate, bytes: Buffer): string | undefined => {
  const { interchanges, faults } = translate(bytes);
  const documents = interchanges.flatMap((one) => one.documents);
  const all = [...faults, ...interchanges.flatMap((one) => one.faults), ...documents.flatMap((one) => one.faults)];
  if (documents.length + all.length === 0) return 'neither a document nor a fault came back';
  const unknown = all.find(({ code }) => reasonOf(code) === undefined);
  if (unknown) return `fault code ${unknown.code} stands in no catalogue`;
  const silent = all.find(({ text }) => text.trim() === '');
  if (silent) return `fault ${silent.code} says nothing`;
  JSON.stringify(documents);
  return undefined;
};

const ofTracking = (readTracking: ReadTracking, hint: string, bytes: Buffer): string | undefined => {
  const { status, events } = readTracking(hint, bytes);
  JSON.stringify(events);
  return typeof status === 'string' && Array.isArray(events) ? undefined : 'no status or no list of events';
};

export const judge = (
  seed: Seed,
  bytes: Buffer,
  translate: Translate,
  readTracking: ReadTracking,
): string | undefined => {
  try {
    return seed.tracking === undefined ? ofDocument(translate, bytes) : ofTracking(readTracking, seed.tracking, bytes);
  } catch (error) {
    return `threw: ${told(error)}`;
  }
};
