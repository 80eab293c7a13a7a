/**
 * Reads an XML document into elements, strictly and within limits. saxes refuses whatever is not well-formed and knows no
 * entities but the five of XML; a document type declaration is refused whole, so nothing is ever expanded or fetched.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Fault } from '../translation.js';
import { decodeXml } from './decode.js';
import type { XmlElement } from './element.js';

export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
}
/** Twenty times the largest UBL document of 5,000 lines; a tree of that size still fits a service's heap. */
export const XML_LIMITS: XmlLimits = { bytes: 32 * 1024 * 1024, depth: 100, elements: 600_000 };

export type XmlDocument = { readonly root: XmlElement } | { readonly fault: Fault };

/** Small enough that a limit is met long before the whole document is read. */
const PIECE = 64 * 1024;

class Refused extends Error {
  constructor(
    readonly code: string,
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}
interface Growing {
  readonly parent?: Growing;
  readonly name: string;
  readonly uri: string;
  readonly attributes: Record<string, string>;
  readonly children: Growing[];
  text: string;
}

const attributesOf = (tag: SaxesTagNS): Record<string, string> => {
  const attributes = Object.create(null) as Record<string, string>;
  for (const { local, prefix, value } of Object.values(tag.attributes)) {
    if (prefix !== 'xmlns' && local !== 'xmlns') attributes[local] ??= value;
  }
  return attributes;
};

const parse = (text: string, limits: XmlLimits): XmlElement => {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: Growing | undefined;
  let count = 0;
  const place = (): string => `/${open.map(({ name }) => name).join('/')}`;
  parser.on('error', (error) => {
    throw new Refused('document-unreadable', place(), `not well-formed: line ${parser.line}, ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new Refused('document-unsafe', '/', 'a document type declaration (DOCTYPE) is never accepted');
  });
  parser.on('opentag', (tag) => {
    if (open.length >= limits.depth)
      throw new Refused('document-too-deep', place(), `more than ${limits.depth} elements within each other`);
    if (++count > limits.elements)
      throw new Refused('document-too-large', place(), `more than ${limits.elements} elements`);
    const parent = open.at(-1);
    const element: Growing = {
      ...(parent && { parent }),
      name: tag.local,
      uri: tag.uri,
      attributes: attributesOf(tag),
      children: [],
      text: '',
    };
    parent?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const add = (part: string): void => {
    const at = open.at(-1);
    if (at) at.text += part;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => void open.pop());
  for (let at = 0; at < text.length; at += PIECE) parser.write(text.slice(at, at + PIECE));
  parser.close();
  if (!root) throw new Refused('document-unreadable', '/', 'there is no element');
  return root;
};

/** The root element, or the one fault that says why there is none. */
export const readXml = (bytes: Uint8Array, limits: XmlLimits = XML_LIMITS): XmlDocument => {
  const refused = (code: string, path: string, text: string): XmlDocument => ({ fault: { code, path, text } });
  if (bytes.length > limits.bytes)
    return refused('document-too-large', '/', `${bytes.length} bytes, at most ${limits.bytes} are read`);
  const decoded = decodeXml(bytes);
  if ('problem' in decoded) return refused('document-unreadable', '/', decoded.problem);
  try {
    return { root: parse(decoded.text, limits) };
  } catch (error) {
    if (error instanceof Refused) return refused(error.code, error.path, error.message);
    throw error;
  }
};
