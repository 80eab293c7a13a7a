import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal, type Place } from './journal.js';

interface Entry {
  readonly no: number;
  readonly text?: string;
}

describe('a book on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-journal-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const file = () => join(folder, 'books', 'orders.ndjson');
  const openBook = async () => {
    const seen: Entry[] = [];
    const journal = await Journal.open<Entry>(file(), (entry) => seen.push(entry));
    return { journal, seen };
  };

  it('is empty at first', async () => {
    const { journal, seen } = await openBook();
    expect(seen).toEqual([]);
    await journal.close();
  });

  it('tells after a restart what was written, in order', async () => {
    const { journal } = await openBook();
    await Promise.all(Array.from({ length: 50 }, (_, no) => journal.append({ no })));
    await journal.close();
    const again = await openBook();
    expect(again.seen.map(({ no }) => no)).toEqual(Array.from({ length: 50 }, (_, no) => no));
    await again.journal.close();
  });

  it('reads a single record from its place, also after a restart', async () => {
    const { journal } = await openBook();
    const places: Place[] = await Promise.all([{ no: 1, text: 'é' }, { no: 2 }].map((entry) => journal.append(entry)));
    expect(await journal.read(places[1] as Place)).toEqual({ no: 2 });
    await journal.close();
    const found: Place[] = [];
    const again = await Journal.open<Entry>(file(), (_, place) => found.push(place));
    expect(found).toEqual(places);
    expect(await again.read(found[0] as Place)).toEqual({ no: 1, text: 'é' });
    await again.close();
  });

  it('drops half a line that a kill left, and goes on whole', async () => {
    const { journal } = await openBook();
    await journal.append({ no: 1 });
    await journal.close();
    await appendFile(file(), '{"no":2,"te');
    const { journal: second, seen } = await openBook();
    expect(seen).toEqual([{ no: 1 }]);
    await second.append({ no: 3 });
    await second.close();
    const third = await openBook();
    expect(third.seen).toEqual([{ no: 1 }, { no: 3 }]);
    await third.journal.close();
  });
});
