import { Readable } from 'node:stream';
import type { JobRun } from '@crossdock/runtime';
import { OrderSettings } from '../config.js';
import type { FileAccount } from './file-account.js';
import { orderFile } from './order-file.js';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const NUMBERS = ['536365', '536366', '536367', '536368', '536369', '536370'];
const FILE = [HEADER, ...NUMBERS.map((no) => `${no},85123A,LANTERN,6,12/1/2010 8:26,2.55,17850,United Kingdom`)].join(
  '\n',
);

interface Worked {
  readonly account: FileAccount;
  readonly submitted: readonly string[];
  readonly stored: readonly FileAccount[];
}
/** Works the file off; the door answers the documents of a bundle in the wrong order, and breaks off at `breaks`. */
const workOff = async (progress: object, breaks?: string): Promise<Worked | Pick<Worked, 'submitted' | 'stored'>> => {
  const submitted: string[] = [];
  const stored: FileAccount[] = [];
  const run = {
    record: { id: 'job', tenant: 'acme', about: { layout: 'uci', name: 'day.csv' }, caller: {}, progress },
    open: () => Readable.from([Buffer.from(FILE)]),
    queries: { many: () => Promise.resolve([]) },
    door: {
      submit: async (_contract: unknown, { documentNo }: { readonly documentNo?: string }) => {
        if (documentNo === undefined) return { kind: 'accept' };
        submitted.push(documentNo);
        for (let turns = NUMBERS.length - NUMBERS.indexOf(documentNo); turns > 0; turns--) await Promise.resolve();
        if (documentNo === breaks) throw new Error('killed');
        return { kind: 'accept' };
      },
    },
    progress: (account: FileAccount) => void stored.push(account),
    signal: new AbortController().signal,
  } as unknown as JobRun<FileAccount>;
  const account = await orderFile.run(run, new OrderSettings()).catch((error: Error) => {
    if (error.message !== 'killed') throw error;
    return undefined;
  });
  return account ? { account, submitted, stored } : { submitted, stored };
};

describe('the job of an order file', () => {
  it('accounts for documents in their order, whichever is answered first', async () => {
    const { account, submitted, stored } = (await workOff({})) as Worked;
    expect(submitted).toEqual(NUMBERS);
    expect(account).toMatchObject({ rows: 6, documents: 6, read: 6, taken: { orders: 6 }, alreadyKnown: 0 });
    for (const { read, last, taken } of stored.filter((one) => one.read > 0)) {
      expect(taken.orders).toBe(read);
      expect(last?.documentNo).toBe(NUMBERS[read - 1]);
    }
  });

  it('goes on behind those that were worked off when it was left', async () => {
    const { stored } = await workOff({}, '536368');
    const left = stored.at(-1) as FileAccount;
    expect(left.read).toBeLessThan(4);
    for (const from of [
      left,
      { ...left, read: 3, taken: { ...left.taken, orders: 3 }, last: { row: 4, documentNo: '536367' } },
    ]) {
      const { account, submitted } = (await workOff(from)) as Worked;
      expect(submitted).toEqual(NUMBERS.slice(from.read));
      expect(account).toMatchObject({ rows: 6, documents: 6, read: 6, taken: { orders: 6 } });
    }
  });

  it.each([
    ['another document stood there', { read: 3, last: { row: 4, documentNo: '999999' } }],
    ['it is shorter now', { read: 9, last: { row: 10, documentNo: '536400' } }],
  ])('starts over when the file is read otherwise than before: %s', async (_why, progress) => {
    const { account, submitted } = (await workOff(progress)) as Worked;
    expect(submitted).toEqual(NUMBERS);
    expect(account).toMatchObject({ read: 6, taken: { orders: 6 } });
  });
});
