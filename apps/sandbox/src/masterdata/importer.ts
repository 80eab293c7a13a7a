/** What the ERP does for a file or a generated day: reads it, publishes what it needs, lets the warehouse receive it. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dayMasterData, dayNodeOf } from '../day/items.js';
import { readDay } from '../day/day.js';
import { dayName, type Day } from '../day/identity.js';
import type { FileDocument } from '../file/document.js';
import { readNdjson } from '../file/ndjson.js';
import { readUci } from '../file/uci.js';
import type { Catalogue, MasterData } from './catalogue.js';
import { demandOf, type Demand, type StockMode } from './demand.js';
import { HOME_NODE, masterDataOf } from './from-documents.js';
import type { Import, Imports } from './imports.js';
import { openStock } from './opening.js';
import type { Published, Publisher } from './publish.js';
import type { ReceiptDoor, ReceiptTotals } from './receipts.js';

export const LAYOUTS = { uci: readUci, ndjson: readNdjson } as const;
export type Layout = keyof typeof LAYOUTS;

export interface ImportAnswer {
  /** names the import when its stock is opened or completed */
  readonly import: string;
  readonly tenant: string;
  readonly documents: Readonly<Record<FileDocument['type'], number>>;
  readonly masterData: Readonly<Record<keyof MasterData, number>>;
  readonly published: Published;
  readonly stock: StockMode;
  readonly receipts: ReceiptTotals;
}

export interface ImporterParts {
  readonly catalogue: Catalogue;
  readonly imports: Imports;
  readonly publisher: Publisher;
  readonly door: ReceiptDoor;
  readonly data: string;
}

const UPLOADS = 'uploads';

export class Importer {
  private uploads = 0;

  private constructor(private readonly parts: ImporterParts) {}

  /** Uploads that a kill left half-way are of no use to anyone. */
  static async open(parts: ImporterParts): Promise<Importer> {
    await rm(join(parts.data, UPLOADS), { recursive: true, force: true });
    return new Importer(parts);
  }

  async fromFile(
    bytes: Readable,
    layout: Layout,
    name: string,
    tenant: string,
    stock: StockMode,
  ): Promise<ImportAnswer> {
    const { path, hash } = await this.keep(bytes);
    try {
      const documents = await LAYOUTS[layout](path);
      const masterData = masterDataOf(documents);
      const firstNode = new Map(masterData.items.map(({ item, nodes }) => [item, nodes[0] ?? HOME_NODE]));
      const demand = demandOf(documents, (item) => firstNode.get(item) ?? HOME_NODE);
      const dates = documents.flatMap(({ date }) => date ?? []).toSorted();
      const entry: Import = { id: importId(tenant, hash), tenant, name, date: dates[0] ?? today(), demand };
      return await this.run(entry, masterData, countTypes(documents), stock);
    } finally {
      await rm(path, { force: true });
    }
  }

  fromDay(day: Day, tenant: string, stock: StockMode): Promise<ImportAnswer> {
    const types = { ...NO_DOCUMENTS };
    const counted = function* (): Generator<FileDocument> {
      for (const document of readDay(day)) {
        types[document.type] += 1;
        yield document;
      }
    };
    const demand: Demand = demandOf(counted(), dayNodeOf);
    const entry: Import = { id: importId(tenant, dayName(day)), tenant, name: dayName(day), date: day.date, demand };
    return this.run(entry, dayMasterData(), types, stock);
  }

  private async run(
    entry: Import,
    masterData: MasterData,
    documents: ImportAnswer['documents'],
    stock: StockMode,
  ): Promise<ImportAnswer> {
    const { catalogue, imports, publisher, door } = this.parts;
    const published = await publisher.publish(await catalogue.enter(entry.tenant, masterData));
    const kept = imports.get(entry.id) ?? (await imports.put(entry));
    const receipts = await openStock(imports, kept, stock, door);
    const { entities, nodes, customers, items } = masterData;
    const counts = { entities: entities.length, nodes: nodes.length, customers: customers.length, items: items.length };
    return { import: entry.id, tenant: entry.tenant, documents, masterData: counts, published, stock, receipts };
  }

  /** The upload on disk, hashed on its way: a file may be larger than the memory it is read in. */
  private async keep(bytes: Readable): Promise<{ path: string; hash: string }> {
    const folder = join(this.parts.data, UPLOADS);
    await mkdir(folder, { recursive: true });
    this.uploads += 1;
    const path = join(folder, `upload-${this.uploads}`);
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(part: Buffer, _encoding, done) {
        hash.update(part);
        done(null, part);
      },
    });
    await pipeline(bytes, hashing, createWriteStream(path));
    return { path, hash: hash.digest('hex') };
  }
}

const NO_DOCUMENTS: Record<FileDocument['type'], number> = { order: 0, return: 0, adjustment: 0, other: 0 };
const countTypes = (documents: readonly FileDocument[]): ImportAnswer['documents'] => {
  const types = { ...NO_DOCUMENTS };
  for (const { type } of documents) types[type] += 1;
  return types;
};
export const importId = (tenant: string, content: string): string =>
  createHash('sha256').update(`${tenant}/${content}`).digest('hex').slice(0, 32);
const today = (): string => new Date().toISOString().slice(0, 10);
