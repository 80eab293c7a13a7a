import { MAX_DEPTH, MAX_PAYLOAD_BYTES, readPayload } from './payload.js';
import { readTracking } from './index.js';

const codeOf = (payload: Uint8Array | string): string => {
  const read = readPayload(payload);
  return read.form === 'broken' ? read.fault.code : read.form;
};

describe('a payload that is XML', () => {
  it('becomes a tree without prefixes, with attributes beside elements', () => {
    expect(
      readPayload('<a:x xmlns:a="u" k="1&amp;2"><a:y>é&#233;&lt;</a:y><a:y/><z b="c"><![CDATA[<t>]]></z></a:x>'),
    ).toEqual({
      form: 'xml',
      tree: { x: { '@a': 'u', '@k': '1&2', y: ['éé<', ''], z: { '@b': 'c', '#text': '<t>' } } },
    });
  });
  it('may begin with a byte order mark, and may be Latin-1 when it says so', () => {
    expect(readPayload(Buffer.from('\uFEFF<x>ü</x>'))).toEqual({ form: 'xml', tree: { x: 'ü' } });
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><x>ü</x>', 'latin1');
    expect(readPayload(latin)).toEqual({ form: 'xml', tree: { x: 'ü' } });
  });
  it.each([
    ['ISO-8859-2', [0xb3], 'ł'],
    ['windows-1250', [0xb3], 'ł'],
    ['iso-8859-15', [0xa4], '€'],
    ['no-such-set', [0x61], 'a'],
    ['UTF-16', [0xc3, 0xbc], 'ü'],
  ])('may be %s when it says so', (encoding, bytes, text) => {
    const [head, tail] = [`<?xml version="1.0" encoding="${encoding}"?><x>`, '</x>'].map((part) => Buffer.from(part));
    expect(readPayload(Buffer.concat([head as Buffer, Buffer.from(bytes), tail as Buffer]))).toEqual({
      form: 'xml',
      tree: { x: text },
    });
  });
  it('may be UTF-16 behind a byte order mark, as JSON too', () => {
    for (const body of ['<x>ü</x>', '{"x":"ü"}']) {
      const little = Buffer.from(`\uFEFF${body}`, 'utf16le');
      for (const bytes of [little, Buffer.from(little).swap16()])
        expect(readPayload(bytes)).toMatchObject({ tree: { x: 'ü' } });
    }
  });
  it.each([
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
    ['an external document type', '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>'],
    ['a parameter entity', '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><x/>'],
    [
      'an entity bomb',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;&b;&b;</x>',
    ],
  ])('is refused unread when it has %s', (_, xml) => {
    expect(codeOf(xml)).toBe('document-unsafe');
    expect(readTracking('ups', xml)).toMatchObject({
      status: 'UNKNOWN',
      events: [],
      faults: [{ code: 'document-unsafe' }],
    });
  });
  it.each([
    ['an entity that nobody declared', '<x>&nbsp;</x>', 'document-unreadable'],
    ['no end', '<x><y></x>', 'document-unreadable'],
    ['text after its end', '<x/>y', 'document-unreadable'],
    ['more levels than any carrier has', '<x>'.repeat(MAX_DEPTH + 1), 'document-unsafe'],
  ])('is refused when it has %s', (_, xml, code) => expect(codeOf(xml)).toBe(code));
});

describe('a payload that is JSON', () => {
  it('becomes a tree', () => expect(readPayload('{"a":[1]}')).toEqual({ form: 'json', tree: { a: [1] } }));
  it.each([
    ['is cut short', '{"a":', 'document-unreadable'],
    ['is nested too deep', '['.repeat(100_000), 'document-unsafe'],
    ['is empty', ' ', 'document-unreadable'],
    ['is HTML', '<html><body>Sorry<br></body></html>', 'document-unreadable'],
    ['is too large', new Uint8Array(MAX_PAYLOAD_BYTES + 1), 'body-too-large'],
    ['is no text', Uint8Array.from([0xff, 0xfe, 0x00, 0x01]), 'document-unreadable'],
  ])('is refused when it %s', (_, payload, code) => expect(codeOf(payload)).toBe(code));
  it('keeps every digit of a number that is an id', () => {
    expect(readPayload('{"id":420941579361210930072026,"n":12.50}')).toMatchObject({
      tree: { id: '420941579361210930072026', n: 12.5 },
    });
  });
  it('may hold brackets within texts', () => {
    const text = `"${'['.repeat(200)}\\"["`;
    expect(codeOf(text)).toBe('json');
  });
});
