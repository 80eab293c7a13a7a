/** Documents of our own making, one file for each, and what they say. A new message brings a pair of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NO_CONTEXT } from '../translation.js';
import { MESSAGE_OF } from './messages.js';
import { translateEdifact } from './translate.js';

const FOLDER = fileURLToPath(new URL('./golden/', import.meta.url));
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.edi'))
  .map((file) => file.slice(0, -'.edi'.length));
const read = (name: string) =>
  translateEdifact(readFileSync(`${FOLDER}${name}.edi`), NO_CONTEXT).flatMap(({ documents, faults }) => [
    ...documents.map(({ canonical, faults: own }) => ({ ...canonical, ...(own.length > 0 && { faults: own }) })),
    ...faults,
  ]);

describe('golden documents', () => {
  it.each(names)('%s says what stands beside it', (name) => {
    expect(read(name)).toEqual(JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8')));
  });

  it('there is one of every message', () => {
    const types = new Set(
      names
        .flatMap((name) => translateEdifact(readFileSync(`${FOLDER}${name}.edi`), NO_CONTEXT))
        .flatMap(({ documents }) => documents.map(({ type }) => type)),
    );
    expect([...MESSAGE_OF.keys()].filter((type) => !types.has(type))).toEqual([]);
  });
});
