import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { allMessages } from '../src/index.js';
import { allBreakingChanges, generatedFiles, publishedSchema, schemaUrn } from '../src/generate/index.js';
import { samples } from './samples.js';

const GENERATED = join(import.meta.dirname, '..', 'generated');
const files = generatedFiles();

const onDisk = (): Map<string, string> =>
  new Map(
    readdirSync(GENERATED, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(GENERATED.length + 1), readFileSync(path, 'utf8')]),
  );

const committed = (): Map<string, string> => {
  const folder = 'libs/contracts/generated';
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: join(GENERATED, '..', '..', '..'), encoding: 'utf8', maxBuffer: 2 ** 26 });
  const names = git('ls-tree', '-r', '--name-only', 'HEAD', '--', `${folder}/schemas`).split('\n').filter(Boolean);
  return new Map(names.map((name) => [name.slice(folder.length + 1), git('show', `HEAD:${name}`)]));
};

describe('what is generated from the contracts', () => {
  it('is in step with them (mend: npm run sync)', () => {
    const found = onDisk();
    expect([...found.keys()].filter((file) => !files.has(file))).toEqual([]);
    expect([...files].filter(([file, text]) => found.get(file) !== text).map(([file]) => file)).toEqual([]);
  });

  it('breaks nobody who reads or writes by what was published before (mend: a new version, see node-changed.v2)', () => {
    expect(allBreakingChanges(onDisk(), files)).toEqual([]);
    expect(allBreakingChanges(committed(), files)).toEqual([]);
  });

  it('is the same on every run', () => {
    expect([...generatedFiles()]).toEqual([...files]);
  });

  it('holds schemas that any JSON Schema validator reads, with the same verdicts on the samples', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const message of allMessages()) ajv.addSchema(publishedSchema(message));
    const differing = samples().filter(
      ({ message, data, verdict }) => ajv.validate(schemaUrn(message), data) !== (verdict === 'good'),
    );
    expect(differing.map(({ file }) => file)).toEqual([]);
  });
});

describe('the AsyncAPI document', () => {
  const api = JSON.parse(files.get('asyncapi.json') as string) as {
    asyncapi: string;
    channels: Record<string, { address: string }>;
    operations: Record<string, unknown>;
  };
  const text = files.get('asyncapi.json') as string;
  const at = (pointer: string): unknown =>
    pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], JSON.parse(text));

  it('has a channel for every message that stands on a stream, and for no other', () => {
    const onStreams = allMessages().filter(({ travels }) => travels === 'stream' || travels === 'private');
    expect(api.asyncapi).toBe('3.0.0');
    expect(
      Object.values(api.channels)
        .map(({ address }) => address)
        .sort(),
    ).toEqual(onStreams.map(({ type, version }) => `${type}.v${version}.{partition}`).sort());
  });

  it('refers only to what it has', () => {
    const references = [...text.matchAll(/"\$ref": "#([^"]+)"/g)].map(([, pointer]) => pointer as string);
    expect(references.length).toBeGreaterThan(100);
    expect([...new Set(references)].filter((pointer) => at(pointer) === undefined)).toEqual([]);
  });
});

describe('the catalogue', () => {
  const { messages, businessKeys } = JSON.parse(files.get('catalogue.json') as string) as {
    messages: { message: string; businessKeys: Record<string, string[]>; classes: Record<string, string[]> }[];
    businessKeys: Record<string, Record<string, string[]>>;
  };
  const row = (name: string): (typeof messages)[number] | undefined => messages.find(({ message }) => message === name);

  it('finds a chain by order number, from the order to its invoice', () => {
    expect(Object.keys(businessKeys['orderNo'] ?? {})).toEqual(
      expect.arrayContaining([
        'orders.cmd.submit-order.v1',
        'orders.evt.order-created.v1',
        'shipments.evt.shipment-dispatched.v1',
        'finance.evt.invoice-posted.v1',
      ]),
    );
  });

  it('says of inherited and nested fields who may see them', () => {
    expect(row('orders.evt.order-created.v1')).toMatchObject({
      businessKeys: {
        order: ['replaces.orderId', 'orderId'],
        orderNo: ['replaces.orderNo', 'orderNo'],
        item: ['lines[].item'],
      },
      classes: {
        personal: expect.arrayContaining(['shipTo.name']),
        price: expect.arrayContaining(['lines[].unitPrice']),
      },
    });
    expect(row('orders.evt.order-released.v1')?.classes['price']).toBeUndefined();
  });
});
