import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeChanged, NodeChangedV2, violationsOf } from '@crossdock/contracts';
import { dayMasterData } from '../day/items.js';
import { Catalogue, messageOf, type MasterData } from './catalogue.js';
import { masterDataOf } from './from-documents.js';
import { speechesOf } from './publish.js';

const ofFile = (price = '2.55', account = '17850'): MasterData =>
  masterDataOf([
    {
      type: 'order',
      documentNo: '1',
      account,
      currency: 'GBP',
      lines: [{ item: 'TEA', kind: 'goods', quantity: 1, unitPrice: price }],
    },
  ]);

describe('master data of the ERP', () => {
  let folder: string;
  let catalogue: Catalogue;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-catalogue-'));
    catalogue = await Catalogue.open(folder);
  });
  afterEach(async () => {
    await catalogue.close();
    await rm(folder, { recursive: true, force: true });
  });
  const item = async (data: MasterData) => (await catalogue.enter('acme', data)).find(({ part }) => part === 'items');

  it('starts with version 1', async () => {
    expect(await item(ofFile())).toMatchObject({
      key: 'TEA',
      version: 1,
      data: { item: 'TEA', cost: '1.53', version: 1 },
    });
  });

  it('is the same message when it is the same, to the byte, also after a restart', async () => {
    const first = await item(ofFile());
    expect(await item(ofFile())).toEqual(first);
    await catalogue.close();
    catalogue = await Catalogue.open(folder);
    expect(await item(ofFile())).toEqual(first);
  });

  it('gets another version and id with every change, back and forth', async () => {
    const said = [await item(ofFile('2.55')), await item(ofFile('5')), await item(ofFile('2.55'))];
    expect(said.map((publication) => publication?.version)).toEqual([1, 2, 3]);
    expect(new Set(said.map((publication) => publication?.id)).size).toBe(3);
  });

  it('is kept apart by tenant', async () => {
    await catalogue.enter('acme', ofFile('2.55'));
    const [other] = (await catalogue.enter('globex', ofFile('5'))).filter(({ part }) => part === 'items');
    expect(other).toMatchObject({ tenant: 'globex', version: 1 });
  });

  it.each([
    ['a file', ofFile()],
    ['a generated day', dayMasterData()],
  ])('holds what its contracts ask for: %s', async (_, data) => {
    for (const publication of await catalogue.enter('acme', data)) {
      expect(violationsOf(messageOf(publication.part).dataClass, publication.data, 'strict')).toEqual([]);
    }
  });

  it('is said of nodes in both versions of their contract, each valid', async () => {
    const [node] = (await catalogue.enter('acme', ofFile())).filter(({ part }) => part === 'nodes');
    const speeches = node ? speechesOf(node) : [];
    expect(speeches.map(({ message }) => message)).toEqual([NodeChangedV2, NodeChanged]);
    expect(new Set(speeches.map(({ id }) => id)).size).toBe(2);
    for (const { message, data } of speeches) expect(violationsOf(message.dataClass, data, 'strict')).toEqual([]);
  });
});

describe('master data made up from a file', () => {
  const line = { item: 'TEA', kind: 'goods' as const, quantity: 1 };

  it("takes an item's highest price in the whole file, charges left out", () => {
    const { items } = masterDataOf([
      {
        type: 'order',
        documentNo: '1',
        account: 'A',
        lines: [
          { ...line, unitPrice: '9.95' },
          { ...line, unitPrice: '10.5' },
        ],
      },
      {
        type: 'return',
        documentNo: 'C2',
        account: 'A',
        lines: [
          { ...line, unitPrice: '11' },
          { item: 'POST', kind: 'freight', quantity: 1, unitPrice: '40' },
        ],
      },
    ]);
    expect(items.map(({ item, cost }) => [item, cost])).toEqual([['TEA', '6.60']]);
  });

  it('gives guests no credit account, everybody else enough', () => {
    const { customers } = masterDataOf([
      { type: 'order', documentNo: '1', account: 'GUEST', lines: [line] },
      { type: 'order', documentNo: '2', account: '17850', lines: [line] },
    ]);
    expect(customers.map(({ account, creditLimit }) => [account, creditLimit])).toEqual([
      ['GUEST', undefined],
      ['17850', 1_000_000_000_000],
    ]);
    expect(customers.every(({ taxCategory, pricing }) => taxCategory === 'zero' && pricing === 'as-sent')).toBe(true);
  });

  it('knows items at the nodes that lines name, else at DC1', () => {
    const { items, nodes } = masterDataOf([
      {
        type: 'order',
        documentNo: '1',
        account: 'A',
        lines: [
          { ...line, node: 'DC7' },
          { ...line, item: 'POT' },
        ],
      },
      { type: 'return', documentNo: '2', account: 'A', node: 'DC2', lines: [{ ...line, item: 'POT' }] },
    ]);
    expect(items.map(({ item, nodes: at }) => [item, at])).toEqual([
      ['TEA', ['DC7']],
      ['POT', ['DC1']],
    ]);
    expect(nodes.map(({ node }) => node).toSorted()).toEqual(['DC1', 'DC2', 'DC7']);
  });

  it('prices everybody in the currency of most documents', () => {
    const document = (currency: string) => ({
      type: 'order' as const,
      documentNo: currency,
      account: currency,
      currency,
      lines: [line],
    });
    const { customers } = masterDataOf([document('GBP'), document('USD'), { ...document('GBP'), account: 'B' }]);
    expect(customers.map(({ currency }) => currency)).toEqual(['GBP', 'GBP', 'GBP']);
  });

  it('leaves out what no contract would take as a key', () => {
    const { items, customers } = masterDataOf([
      { type: 'other', documentNo: '1', account: 'x'.repeat(65), lines: [{ ...line, item: 'y'.repeat(65) }] },
    ]);
    expect([items, customers]).toEqual([[], []]);
  });
});
