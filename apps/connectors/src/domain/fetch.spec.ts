import {
  DocumentFetched,
  FetchDocument,
  SavePartner,
  TakeDocument,
  TakeFile,
  TranslateFile,
  type DocumentFetchedData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aPartner, aProfile } from './document.builders.js';
import { files, partners } from './decide.js';
import { documentRef, type KnownDocument } from './document.js';
import { documentCase } from './document-course.js';
import { fileRef } from './file.js';

const agreements = [{ standard: 'BigCommerce', types: [], direction: 'in' as const, account: 'C1' }];
const shop = aProfile({ agreements, delivery: { by: 'shop', connection: 'acme-shop' } });
const thin = { standard: 'BigCommerce', type: 'Webhook', kind: 'notification' };
const event = (id = 'm1') => {
  const { release: _r, control: _c, group: _g, interchange: _i, ...rest } = aDocument({ ...thin, number: 'hash-1' });
  return input(TakeDocument, rest, { id });
};
const D1 = documentRef('D1');
const withShop = (profile = shop) => scenario(partners).given(input(SavePartner, aPartner({ profile })) as never);
const fetched = (more: Partial<DocumentFetchedData>) =>
  input(DocumentFetched, { documentId: 'D1', partner: 'ACME', connection: 'acme-shop', outcome: 'done', ...more });
const FOUND = { hash: 'h1', bytes: 10, name: 'order-7.json' };

describe('a thin event of a shop', () => {
  it('has the shop asked for what it names', () => {
    const story = withShop().when(event());
    expect(story.said(FetchDocument)).toMatchObject([
      { documentId: 'D1', connection: 'acme-shop', canonical: 'hash-of-it' },
    ]);
    story.thenState(D1, { status: 'validated' });
  });

  it('of a partner that has no shop is kept, and asks nobody', () => {
    const story = withShop(aProfile({ agreements })).when(event());
    expect(story.said(FetchDocument)).toEqual([]);
    story.thenState(D1, { status: 'mapped' });
  });

  it('is applied when what it names is here, which is a file of its own; the same content is the same file', () => {
    const story = withShop()
      .given(event() as never)
      .when(fetched({ fetched: FOUND }));
    const [file] = story.said(TakeFile);
    expect(file).toMatchObject({ source: 'shop:acme-shop', hash: 'h1', partner: 'ACME' });
    story.thenState(D1, { status: 'applied' });
    const other = withShop()
      .given(event() as never)
      .when(fetched({ fetched: { ...FOUND, name: 'other' } }));
    expect(other.said(TakeFile)[0]?.fileId).toBe(file?.fileId);
  });

  it('that names nothing to send ends without effect and says why', () => {
    const story = withShop()
      .given(event() as never)
      .when(fetched({ text: 'order 7 is Pending' }));
    expect(story.said(TakeFile)).toEqual([]);
    story.thenState(D1, { status: 'mapped' });
    expect(story.state<KnownDocument>(D1).steps.at(-1)).toMatchObject({ step: 'mapped', text: 'order 7 is Pending' });
  });

  it('that the shop refuses waits for a person, and is fetched anew when replayed', () => {
    withShop()
      .given(event() as never)
      .when(fetched({ outcome: 'refused', text: 'not found' }))
      .thenState(D1, { status: 'quarantined', reason: 'fetch-refused' });
  });

  it('that the shop is slow with stays asked, with a case that ends when it comes', () => {
    const story = withShop()
      .given(event() as never)
      .when(fetched({ outcome: 'unanswered', text: 'no answer' }));
    story
      .thenState(D1, { status: 'validated' })
      .thenState(documentCase('D1'), { status: 'open', reason: 'fetch-unanswered' });
    story
      .when(fetched({ fetched: FOUND }))
      .thenState(D1, { status: 'applied' })
      .thenState(documentCase('D1'), { status: 'resolved' });
  });
});

describe('a file fetched from a shop', () => {
  const file = { fileId: 'F9', source: 'shop:acme-shop', hash: 'h1', bytes: 10, partner: 'ACME' };
  it('is read like any that arrives, once', () => {
    const story = scenario(files).when(input(TakeFile, file));
    expect(story.said(TranslateFile)).toMatchObject([{ fileId: 'F9', hash: 'h1', partner: 'ACME' }]);
    story.thenState(fileRef('F9'), { status: 'received', source: 'shop:acme-shop' });
    story.when(input(TakeFile, file, { id: 'again' })).thenIgnores('already-known');
  });
});
