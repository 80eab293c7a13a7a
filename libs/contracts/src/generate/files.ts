/** Every generated file of the published language, by name; the same input gives the same bytes. */
import { allMessages, contractId, type Message } from '../language/define.js';
import { asyncApi } from './asyncapi.js';
import { catalogue } from './catalogue.js';
import { publishedSchema } from './published.js';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const inOrder = (a: Message, b: Message): number => (idOf(a) < idOf(b) ? -1 : 1);
const idOf = (message: Message): string => contractId(message.type, message.version);

export const schemaFile = (message: Message): string => `schemas/${idOf(message)}.json`;

/** Paths are relative to `libs/contracts/generated/`. */
export const generatedFiles = (
  messages: readonly Message[] = [...allMessages()].sort(inOrder),
): ReadonlyMap<string, string> =>
  new Map([
    ...messages.map((message) => [schemaFile(message), json(publishedSchema(message))] as const),
    ['asyncapi.json', json(asyncApi(messages))],
    ['catalogue.json', json(catalogue(messages))],
  ]);
