/**
 * What every document of a file says of itself, as JSON lines: its numbers, its counts and totals as sent, whoever sent
 * it. Kept page by page, so that those of a large file are never held as a whole.
 */
import type { Archive } from '@crossdock/runtime';
import type { DocumentFault } from '@crossdock/contracts';

export interface DocumentFigures {
  /** of the document that a partner took on; absent where no partner is known by its sender */
  readonly documentId?: string;
  /** which interchange of the file it stands in, from 0 */
  readonly nth: number;
  readonly standard: string;
  readonly type: string;
  readonly release?: string;
  readonly control?: string;
  readonly group?: string;
  readonly interchange?: string;
  readonly sender?: string;
  readonly receiver?: string;
  readonly senderQualifier?: string;
  readonly receiverQualifier?: string;
  readonly number?: string;
  readonly kind?: string;
  /** declared and counted segments, lines, sums of quantities, totals, ids: as the standard names them, decimal strings */
  readonly figures: Readonly<Record<string, unknown>>;
  /** of the document itself; those of its envelope stand in the document that was taken */
  readonly faults: readonly DocumentFault[];
}

/** A page is closed with the document that fills it; one document may be this much more. */
const PAGE_CHARACTERS = 512 * 1024;
const PAGE_LIMIT_BYTES = 64 * 1024 * 1024;

export class FiguresPages {
  private readonly pages: string[] = [];
  private lines: string[] = [];
  private characters = 0;

  constructor(
    private readonly archive: Archive,
    private readonly tenant: string,
  ) {}

  async add(document: DocumentFigures): Promise<void> {
    const line = `${JSON.stringify(document)}\n`;
    this.lines.push(line);
    this.characters += line.length;
    if (this.characters >= PAGE_CHARACTERS) await this.close();
  }

  /** Archive hashes of all pages, in the order of the file; none when no document was added. */
  async end(): Promise<readonly string[]> {
    if (this.lines.length > 0) await this.close();
    return this.pages;
  }

  private async close(): Promise<void> {
    const page = Buffer.from(this.lines.join(''));
    this.lines = [];
    this.characters = 0;
    this.pages.push((await this.archive.put(this.tenant, page, PAGE_LIMIT_BYTES, 'canonical')).hash);
  }
}

/** The lines of all pages as bytes, one page at a time. Throws when the archive has lost one. */
export async function* figuresIn(archive: Archive, tenant: string, pages: readonly string[]): AsyncGenerator<Buffer> {
  for (const hash of pages) {
    const page = await archive.read(tenant, hash);
    if (!page) throw new Error(`the archive has no ${hash}`);
    yield Buffer.from(page);
  }
}
