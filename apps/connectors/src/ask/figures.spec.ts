import { MemoryArchive } from '@crossdock/runtime';
import { figuresIn, FiguresPages, type DocumentFigures } from './figures.js';

const aDocument = (number: string, codes: readonly string[] = []): DocumentFigures => ({
  ...{ nth: 0, standard: 'X12', type: '846', number, faults: [] },
  figures: { lines: codes.length, codes },
});
const read = async (archive: MemoryArchive, pages: readonly string[]): Promise<readonly DocumentFigures[]> => {
  const chunks: Buffer[] = [];
  for await (const page of figuresIn(archive, 'acme', pages)) chunks.push(page);
  const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as DocumentFigures);
};

describe('what the documents of a file say of themselves', () => {
  it('is read as it was kept, in the order of the file, over as many pages as it takes', async () => {
    const archive = new MemoryArchive();
    const pages = new FiguresPages(archive, 'acme');
    const codes = Array.from({ length: 30_000 }, (_, at) => `33:${at}`);
    const documents = ['A', 'B', 'C'].map((number) => aDocument(number, codes));
    for (const document of documents) await pages.add(document);
    const kept = await pages.end();
    expect(kept.length).toBeGreaterThan(1);
    expect(await read(archive, kept)).toEqual(documents);
  });

  it('is no page where there is no document', async () => {
    const archive = new MemoryArchive();
    expect(await new FiguresPages(archive, 'acme').end()).toEqual([]);
    expect(await read(archive, [])).toEqual([]);
  });

  it('is missed when the archive has lost a page', async () => {
    await expect(read(new MemoryArchive(), ['gone'])).rejects.toThrow('gone');
  });
});
