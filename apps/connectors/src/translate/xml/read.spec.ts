import { elementAt, elementsIn, firstTextOf, pathOf, textAt, type XmlElement } from './element.js';
import { readXml, XML_LIMITS, type XmlLimits } from './read.js';
import { writeXml, type XmlPart } from './write.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (body: Uint8Array, limits: XmlLimits = XML_LIMITS): string => {
  const read = readXml(body, limits);
  return 'fault' in read ? read.fault.code : 'none';
};
const rootOf = (body: Uint8Array) => {
  const read = readXml(body);
  if ('fault' in read) throw new Error(read.fault.text);
  return read.root;
};

/** Ten levels of ten: a billion characters if it were ever unfolded. */
const BOMB = `<!DOCTYPE l [<!ENTITY a0 "aaaaaaaaaa">${Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`,
).join('')}]><l>&a9;</l>`;

describe('an XML document', () => {
  it('is read by local names, whatever its prefixes, with its attributes and text', () => {
    const root = rootOf(bytes('<q:a xmlns:q="urn:x" n="1">x<!-- no --><![CDATA[<y>]]>&amp;&#65;<q:b>  t </q:b></q:a>'));
    expect([root.name, root.uri, root.text, root.attributes.n, textAt(root, 'b')]).toEqual([
      'a',
      'urn:x',
      'x<y>&A',
      '1',
      't',
    ]);
  });

  it('tells where an element stands', () => {
    const second = elementAt(rootOf(bytes('<O><L><Q>1</Q></L><L><Q>2</Q></L></O>')))?.children[1];
    expect(second && pathOf(second, 'Q')).toBe('/O/L[2]/Q');
  });

  it('may have more children than a call has room for', () => {
    const child: XmlElement = { name: 'x', uri: '', attributes: {}, children: [], text: '' };
    const root: XmlElement = { ...child, name: 'root', children: Array.from({ length: 300_000 }, () => child) };
    expect(elementsIn([root], ({ name }) => name === 'x')).toHaveLength(300_000);
  });

  it('is searched in the order of the document', () => {
    const root = rootOf(bytes('<a><b><R><ID>1</ID></R></b><R><ID>2</ID></R></a>'));
    expect(firstTextOf(root, 'R', 'ID')).toBe('1');
  });

  it.each([
    ['an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', 'document-unsafe'],
    ['an external subset', '<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a/>', 'document-unsafe'],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://localhost/">%p;]><a/>', 'document-unsafe'],
    ['an entity bomb', BOMB, 'document-unsafe'],
    ['an entity that nobody declared', '<a>&nope;</a>', 'document-unreadable'],
    ['an end that fits no beginning', '<a><b></a>', 'document-unreadable'],
    ['two roots', '<a/><b/>', 'document-unreadable'],
    ['text behind the end', '<a/>junk', 'document-unreadable'],
    ['an attribute given twice', '<a b="1" b="2"/>', 'document-unreadable'],
    ['a prefix of no namespace', '<q:a/>', 'document-unreadable'],
    ['no end', '<a><b>te', 'document-unreadable'],
    ['nothing', '', 'document-unreadable'],
    ['an encoding that nobody knows', '<?xml version="1.0" encoding="klingon"?><a/>', 'document-unreadable'],
  ])('with %s is refused', (_, text, code) => {
    expect(codeOf(bytes(text))).toBe(code);
  });

  it('nested too deep, with too many elements or too large is refused while it is read', () => {
    expect(codeOf(bytes('<a>'.repeat(200_000)))).toBe('document-too-deep');
    expect(codeOf(bytes(`<a>${'<b/>'.repeat(100)}</a>`), { ...XML_LIMITS, elements: 50 })).toBe('document-too-large');
    expect(codeOf(new Uint8Array(XML_LIMITS.bytes + 1))).toBe('document-too-large');
  });

  it.each([
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...bytes('<a>é</a>')]],
    ['UTF-8 without', [...bytes('<a>é</a>')]],
    ['latin-1 as declared', [...bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a>'), 0xe9, ...bytes('</a>')]],
    ['UTF-16', [0xff, 0xfe, ...[...'<a>é</a>'].flatMap((one) => [one.charCodeAt(0), 0])]],
    ['UTF-8 that says it is UTF-16', [...bytes('<?xml version="1.0" encoding="UTF-16"?><a>é</a>')]],
  ])('is read from %s', (_, body) => {
    expect(rootOf(Uint8Array.from(body)).text).toBe('é');
  });

  it('with bytes that its encoding does not have is refused', () => {
    expect(codeOf(Uint8Array.from([...bytes('<a>'), 0xe9, ...bytes('</a>')]))).toBe('document-unreadable');
  });

  it('that we write is read back as it was meant, and says nothing where there is nothing', () => {
    const nasty = 'a<b>&"c"\r\n\t]]>\u0001é\u{1F600}';
    const part: NonNullable<XmlPart> = [
      'a',
      [['b', { k: nasty }, nasty], ['empty', undefined], undefined, ['none', []]],
    ];
    const root = rootOf(writeXml(part));
    expect(textAt(root, 'b')).toBe(nasty.replace('\u0001', ''));
    expect(elementAt(root, 'b')?.attributes.k).toBe(nasty.replace('\u0001', ''));
    expect(root.children.map(({ name }) => name)).toEqual(['b']);
  });
});
