/** Writes XML: elements as nested arrays, escaped here and nowhere else, so that no value can become markup. */
export type XmlContent = string | readonly XmlPart[];
/** `[name, content]` or `[name, attributes, content]`; undefined parts are left out. */
export type XmlPart =
  | readonly [name: string, content: XmlContent | undefined]
  | readonly [name: string, attributes: Readonly<Record<string, string | undefined>>, content: XmlContent | undefined]
  | undefined;

/** Characters that XML 1.0 can't carry at all are left out: an escape of them is not well-formed either. */
const FORBIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const escaped = (text: string): string =>
  text
    .replace(FORBIDDEN, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#13;');
const attribute = (text: string): string =>
  escaped(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');

const isEmpty = (content: XmlContent | undefined): boolean =>
  content === undefined || (typeof content !== 'string' && content.every((part) => part === undefined));

const element = (part: NonNullable<XmlPart>, indent: string): string => {
  const [name, attributes, content] = part.length === 2 ? [part[0], {}, part[1]] : part;
  const inside = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${attribute(value)}"`))
    .join('');
  if (content === undefined) return `${indent}<${name}${inside}/>\n`;
  if (typeof content === 'string') return `${indent}<${name}${inside}>${escaped(content)}</${name}>\n`;
  return `${indent}<${name}${inside}>\n${elements(content, `${indent}  `)}${indent}</${name}>\n`;
};
/** An element without content says nothing and is left out, whatever its attributes; the empty text is content. */
const elements = (parts: readonly XmlPart[], indent: string): string =>
  parts
    .map((part) => {
      if (!part) return '';
      const content = part.length === 2 ? part[1] : part[2];
      return isEmpty(content) ? '' : element(part, indent);
    })
    .join('');

/** A whole document with its declaration, to be sent as UTF-8. */
export const xmlText = (root: NonNullable<XmlPart>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, '')}`;
