import { JSON_LIMITS, readJson } from './json.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (body: Uint8Array): string => {
  const read = readJson(body);
  return 'fault' in read ? read.fault.code : 'none';
};

describe('a JSON document', () => {
  it('is read, with a byte order mark too', () => {
    expect(readJson(bytes('\uFEFF{"a": ["]", "\\"["]}'))).toEqual({ value: { a: [']', '"['] } });
  });

  it.each([
    ['deeper than any honest one', '['.repeat(1_000_000), 'document-too-deep'],
    ['cut short', '{"a": [1, 2', 'document-unreadable'],
    ['of two values', '{} {}', 'document-unreadable'],
    ['of nothing', '', 'document-unreadable'],
  ])('%s is refused', (_, text, code) => {
    expect(codeOf(bytes(text))).toBe(code);
  });

  it('may be nested as deep as is allowed, and brackets within strings are no nesting', () => {
    const { depth } = JSON_LIMITS;
    expect(codeOf(bytes('['.repeat(depth) + ']'.repeat(depth)))).toBe('none');
    expect(codeOf(bytes(`["${'['.repeat(depth * 2)}"]`))).toBe('none');
  });

  it('that is too large or no UTF-8 is refused', () => {
    expect(codeOf(new Uint8Array(JSON_LIMITS.bytes + 1))).toBe('document-too-large');
    expect(codeOf(Uint8Array.from([0x22, 0xe9, 0x22]))).toBe('document-unreadable');
  });
});
