import { xmlText } from './xml.js';

describe('an XML document', () => {
  it('carries every value as text, never as markup', () => {
    expect(xmlText(['a', { b: '"<&>\n' }, '</a><x>&amp; \u0000\ud800 é'])).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a b="&quot;&lt;&amp;&gt;&#10;">&lt;/a&gt;&lt;x&gt;&amp;amp;  é</a>\n',
    );
  });
  it('leaves out what has no content; the empty text is content', () => {
    const parts = [undefined, ['none', undefined], ['hollow', [undefined]], ['kept', { d: '1' }, '']] as const;
    expect(xmlText(['a', [...parts]])).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <kept d="1"></kept>\n</a>\n',
    );
  });
});
