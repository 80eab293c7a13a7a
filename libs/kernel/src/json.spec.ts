import { readJsonText } from './json.js';

describe('JSON from outside', () => {
  it('is read as it is', () => {
    expect(readJsonText('{"a":["\\u00e9","\ud83c\udf75",1.5,null]}', 'the line')).toEqual({
      ok: true,
      value: { a: ['é', '🍵', 1.5, null] },
    });
    expect(readJsonText('{"constructor":"a builder"}', 'the line')).toMatchObject({ ok: true });
  });
  it.each([
    ['{"a":', 'the line ends before its JSON does'],
    ['{"a": b}', 'the line is no JSON'],
    ['{"name": "a",\n pages: 1}', 'the line is no JSON from line 2, column 2 on'],
    ['{"a":"\\ud800"}', 'a \\u escape is half a character'],
    ['{"a":{"\\u005f_proto__":{}}}', '__proto__ may not be a name here'],
    ['{"constructor":{"prototype":{}}}', 'constructor may not be a name here'],
    ['['.repeat(200_000), 'the line'],
  ])('is refused with what is wrong with it: %.40s', (text, words) => {
    const read = readJsonText(text, 'the line');
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.text).toContain(words);
  });
});
