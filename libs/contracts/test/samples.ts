/** Reads the golden samples: `samples/<type>.v<n>/{good,bad}-<what>.json`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMessages, contractId, type Message } from '../src/index.js';

export const SAMPLES = join(import.meta.dirname, '..', 'samples');

export interface Sample {
  readonly message: Message;
  readonly verdict: 'good' | 'bad';
  readonly file: string;
  readonly data: unknown;
}

const folders = (): readonly string[] =>
  readdirSync(SAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const messages = new Map(allMessages().map((message) => [contractId(message.type, message.version), message]));

/** Folders that no message claims. */
export const orphans = (): readonly string[] => folders().filter((name) => !messages.has(name));

export const samples = (): readonly Sample[] =>
  folders().flatMap((name) => {
    const message = messages.get(name);
    if (!message) return [];
    return readdirSync(join(SAMPLES, name)).map((file) => ({
      message,
      verdict: file.startsWith('good-') ? ('good' as const) : ('bad' as const),
      file: `${name}/${file}`,
      data: JSON.parse(readFileSync(join(SAMPLES, name, file), 'utf8')) as unknown,
    }));
  });
