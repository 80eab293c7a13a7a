import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hangUp } from '../web/call.js';
import type { Demand } from './demand.js';
import { Imports, type Import } from './imports.js';
import { complete, openStock } from './opening.js';
import { receiptsOf, type Receipt } from './receipts.js';

const anImport = (demand: Demand): Import => ({
  id: 'abcdef0123456789',
  tenant: 'acme',
  name: 'day.csv',
  date: '2010-12-01',
  demand,
});
const TEA: Demand = { DC1: { TEA: { orders: 10, adjustments: 1 } } };

describe('receipt documents', () => {
  it('have at most 1,000 lines, are numbered, and are the same every time', () => {
    const supply = {
      DC1: Array.from({ length: 2001 }, (_, at) => [`ITEM-${at}`, 5] as const),
      DC2: [['TEA', 1] as const],
    };
    const receipts = receiptsOf('OPEN-x', '2010-12-01', supply);
    expect(receipts.map(({ documentNo, lines }) => [documentNo, lines.length])).toEqual([
      ['OPEN-x-DC1-1', 1000],
      ['OPEN-x-DC1-2', 1000],
      ['OPEN-x-DC1-3', 1],
      ['OPEN-x-DC2-1', 1],
    ]);
    expect(receiptsOf('OPEN-x', '2010-12-01', supply)).toEqual(receipts);
  });
  it('bring what is asked for by mistake in lines that can be booked, and no more than a warehouse holds', () => {
    const linesFor = (units: number) =>
      receiptsOf('OPEN-x', '2010-12-01', { DC1: [['TEA', units]] }).flatMap(({ lines }) => lines);
    expect(linesFor(2_000_000_001).map(({ quantity }) => quantity)).toEqual([1_000_000_000, 1_000_000_000, 1]);
    expect(linesFor(9_000_000_000_000)).toHaveLength(1000);
  });
});

/** Inventory's door, as far as receipts go: books each document once. */
class Inventory {
  readonly booked = new Map<string, Receipt>();
  posts = 0;
  answers: number[] = [];
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.posts += 1;
      const receipt = JSON.parse(Buffer.concat(parts).toString()) as Receipt;
      const status = this.answers.shift() ?? 201;
      if (status < 300) this.booked.set(receipt.documentNo, receipt);
      response.writeHead(status, { 'retry-after': '0' }).end('{"code":"unknown-item"}');
    });
  });
  listen = (): Promise<void> => new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  close = (): void => void this.server.close();
  get door() {
    const { port } = this.server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, token: () => Promise.resolve('token') };
  }
  get units(): number {
    return [...this.booked.values()].flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
  }
}

describe('the opening of stock', () => {
  let folder: string;
  let imports: Imports;
  let inventory: Inventory;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-imports-'));
    imports = await Imports.open(folder);
    inventory = new Inventory();
    await inventory.listen();
  });
  afterEach(async () => {
    hangUp();
    inventory.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('books nothing twice when it is run again', async () => {
    const entry = await imports.put(anImport(TEA));
    await openStock(imports, entry, 'ample', inventory.door);
    await openStock(imports, imports.get(entry.id) as Import, 'ample', inventory.door);
    expect(inventory.units).toBe(11);
    expect(inventory.posts).toBe(2);
  });

  it('waits until inventory knows the items', async () => {
    inventory.answers = [503, 422];
    await openStock(imports, await imports.put(anImport(TEA)), 'ample', inventory.door);
    expect(inventory.units).toBe(11);
  });

  it('says what inventory refused', async () => {
    inventory.answers = [400];
    const entry = await imports.put(anImport(TEA));
    await expect(openStock(imports, entry, 'ample', inventory.door)).rejects.toThrow(
      /OPEN-abcdef012345-DC1-1: inventory answered 400/,
    );
  });

  it('when tight, is completed by three receipts, known after a restart', async () => {
    await openStock(imports, await imports.put(anImport(TEA)), 'tight', inventory.door);
    expect(inventory.units).toBe(7);
    const restarted = await Imports.open(folder);
    expect(await complete(restarted, restarted.get('abcdef0123456789') as Import, inventory.door)).toMatchObject({
      documents: 3,
      units: 4,
    });
    expect(inventory.units).toBe(11);
  });

  it('when opened tight and then amply, comes to what is needed', async () => {
    await openStock(imports, await imports.put(anImport(TEA)), 'tight', inventory.door);
    await openStock(imports, imports.all()[0] as Import, 'ample', inventory.door);
    expect(inventory.units).toBe(11);
  });

  it('when ample, has nothing to come later', async () => {
    await openStock(imports, await imports.put(anImport(TEA)), 'ample', inventory.door);
    expect(await complete(imports, imports.all()[0] as Import, inventory.door)).toEqual({
      documents: 0,
      lines: 0,
      units: 0,
    });
  });
});
