/** Bytes of a carrier -> a tree, JSON or XML. What can't be read is a fault, never a throw. */
import { SaxesParser } from 'saxes';

/** Something wrong in a payload: a reason code, where, and a sentence for a person. */
export interface Fault {
  readonly code: string;
  readonly path: string;
  readonly text: string;
}
export type Payload =
  { readonly tree: unknown; readonly form: 'json' | 'xml' } | { readonly form: 'broken'; readonly fault: Fault };

/** Tracking payloads are a few kilobytes, a proof of delivery with its image some hundred. */
export const MAX_PAYLOAD_BYTES = 4 * 1024 * 1024;
/** Deepest of the fixtures: 12. */
export const MAX_DEPTH = 64;

class Unreadable extends Error {
  readonly code: string;
  constructor(code: string, text: string) {
    super(text);
    this.code = code;
  }
}
const broken = (code: string, text: string): Payload => ({ form: 'broken', fault: { code, path: '', text } });

interface Open {
  readonly name: string;
  readonly fields: Record<string, unknown>;
  text: string;
}
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
const put = (fields: Record<string, unknown>, name: string, value: unknown): void => {
  const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (known === undefined) fields[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else fields[name] = [known, value];
};

/** Prefixes are dropped, attributes stand as `@name`, text beside them or beside elements as `#text`. */
const treeOf = (xml: string): unknown => {
  const parser = new SaxesParser({ position: false });
  const root: Open = { name: '', fields: Object.create(null) as Record<string, unknown>, text: '' };
  const open: Open[] = [root];
  const refuse = (code: string, text: string): never => {
    throw new Unreadable(code, text);
  };
  // A document type is where external entities and entity bombs live, and no carrier sends one.
  parser.on('doctype', () => refuse('document-unsafe', 'a document type declaration (DOCTYPE) is never accepted'));
  parser.on('error', (error) => refuse('document-unreadable', `not well-formed XML: ${error.message.slice(0, 200)}`));
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MAX_DEPTH) refuse('document-unsafe', `nested deeper than ${MAX_DEPTH} levels`);
    const fields = Object.create(null) as Record<string, unknown>;
    for (const [key, value] of Object.entries(attributes)) fields[`@${localName(key)}`] = String(value);
    open.push({ name: localName(name), fields, text: '' });
  });
  const hear = (text: string): void => {
    const innermost = open.at(-1);
    if (innermost) innermost.text += text;
  };
  parser.on('text', hear);
  parser.on('cdata', hear);
  parser.on('closetag', () => {
    const closed = open.pop();
    const parent = open.at(-1);
    if (!closed || !parent) return;
    const text = closed.text.trim();
    const isPlain = Object.keys(closed.fields).length === 0;
    if (!isPlain && text !== '') closed.fields['#text'] = text;
    put(parent.fields, closed.name, isPlain ? text : closed.fields);
  });
  parser.write(xml).close();
  return root.fields;
};

const xmlOf = (xml: string): Payload => {
  try {
    return { form: 'xml', tree: treeOf(xml) };
  } catch (error) {
    if (error instanceof Unreadable) return broken(error.code, error.message);
    throw error;
  }
};

const isTooDeep = (json: string): boolean => {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json.charCodeAt(at);
    if (isText) {
      if (sign === 92) at += 1;
      else if (sign === 34) isText = false;
    } else if (sign === 34) isText = true;
    else if (sign === 123 || sign === 91) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (sign === 125 || sign === 93) depth -= 1;
  }
  return false;
};
/** A number as long as that is an id: kept as text, with the digits that a double would lose. */
const keepDigits = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const source = context?.source ?? '';
  return typeof value === 'number' && source.length >= 16 && String(value) !== source ? source : value;
};
const jsonOf = (json: string): Payload => {
  if (isTooDeep(json)) return broken('document-unsafe', `nested deeper than ${MAX_DEPTH} levels`);
  try {
    return { form: 'json', tree: JSON.parse(json, keepDigits as (key: string, value: unknown) => unknown) as unknown };
  } catch (error) {
    return broken('document-unreadable', `not JSON: ${String((error as Error).message).slice(0, 200)}`);
  }
};

/** The encoding that a declaration names, where it is known; one of two bytes a character can't have been read so far. */
const declaredIn = (payload: Uint8Array): string => {
  const head = Buffer.from(payload.subarray(0, 200)).toString('latin1');
  const declared =
    /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  try {
    return declared.startsWith('utf-16') ? 'utf-8' : new TextDecoder(declared).encoding;
  } catch {
    return 'utf-8';
  }
};
/** Carriers write UTF-8, some of them another set with a declaration that says so, or UTF-16 with a byte order mark. */
const decoded = (payload: Uint8Array | string): string => {
  if (typeof payload === 'string') return payload;
  const [first, second] = payload;
  const marked = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : '';
  return new TextDecoder(marked || declaredIn(payload)).decode(payload);
};

export const readPayload = (payload: Uint8Array | string): Payload => {
  if (payload.length > MAX_PAYLOAD_BYTES) return broken('body-too-large', `more than ${MAX_PAYLOAD_BYTES} bytes`);
  const content = decoded(payload)
    .replace(/^\uFEFF/, '')
    .trim();
  if (content === '') return broken('document-unreadable', 'nothing was sent');
  return content.startsWith('<') ? xmlOf(content) : jsonOf(content);
};
