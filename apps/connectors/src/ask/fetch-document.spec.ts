import { DocumentFetched, FetchDocument, violationsOf, type DocumentFetchedData } from '@crossdock/contracts';
import { input } from '@crossdock/testing';
import { fetchDocument } from './fetch-document.js';

const question = input(FetchDocument, {
  ...{ documentId: 'D1', partner: 'SHOP', connection: 'shop', standard: 'BigCommerce', canonical: 'hash-of-it' },
});
/** An event may name an order by a number of any length. */
const text = `order ${'9'.repeat(3_000)} is not there`;

it.each([
  ['found nothing', { outcome: 'done', result: { text } }],
  ['was refused', { outcome: 'refused', text }],
] as const)('who %s can tell so, however long the reason', (_what, said) => {
  const told = fetchDocument.answer(question, said as never) as DocumentFetchedData;
  expect(violationsOf(DocumentFetched.dataClass, told, 'strict')).toEqual([]);
  expect(told).toMatchObject({ documentId: 'D1', outcome: said.outcome, text: text.slice(0, 1000) });
});
