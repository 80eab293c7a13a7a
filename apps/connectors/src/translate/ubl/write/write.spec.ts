import fc from 'fast-check';
import type { CanonicalDocument } from '../../../canonical/document.js';
import { aDespatchAdvice, anInvoice, anOrderResponse } from '../../canonical.builders.js';
import { NO_CONTEXT } from '../../translation.js';
import { readUbl } from '../ubl.js';
import { writeUbl } from './write.js';

/** What the reader says beyond what was written: the code that we chose for a status. */
const SOURCE = ['sentStatus'];
const withoutSource = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) => (SOURCE.includes(key) ? undefined : inner)) as unknown;

const readBack = (document: CanonicalDocument) => {
  const bytes = writeUbl(document);
  if (!bytes) throw new Error(`${document.kind} is not written`);
  const [read] = readUbl(bytes, NO_CONTEXT).documents;
  return read;
};
const comesBack = (document: CanonicalDocument): void => {
  const read = readBack(document);
  expect(withoutSource(read?.canonical)).toEqual(withoutSource(document));
  expect(read?.faults.filter(({ code }) => code !== 'totals-differ')).toEqual([]);
};

/** Each run writes and reads a whole document of arbitrary content. */
const RUNS = { numRuns: 40 };

describe('a UBL document that we write is read back as it was meant', () => {
  it('an invoice', () => {
    fc.assert(
      fc.property(anInvoice, (data) => comesBack({ kind: 'invoice', data })),
      RUNS,
    );
  });
  it('a credit note', () => {
    fc.assert(
      fc.property(anInvoice, (data) => comesBack({ kind: 'credit-note', data })),
      RUNS,
    );
  });
  it('an order response', () => {
    fc.assert(
      fc.property(anOrderResponse, (data) => comesBack({ kind: 'order-response', data })),
      RUNS,
    );
  });
  it('a despatch advice', () => {
    fc.assert(
      fc.property(aDespatchAdvice, (data) => comesBack({ kind: 'despatch-advice', data })),
      RUNS,
    );
  });

  it('with as many lines as it has', () => {
    fc.assert(
      fc.property(anInvoice, (data) => {
        expect(readBack({ kind: 'invoice', data })?.figures.lines).toBe(data.lines.length);
      }),
      RUNS,
    );
  });
});

it('a document that we do not send as UBL is not written', () => {
  expect(writeUbl({ kind: 'journal', data: { number: 'J-1', lines: [] } })).toBeUndefined();
});
