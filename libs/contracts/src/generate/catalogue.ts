/** The catalogue as data: which index finds a message by which number, and who may see which field. */
import { contractId, DOMAINS, type Message } from '../language/define.js';
import type { JsonSchema } from '../language/schema.js';
import { publishedSchema, schemaUrn } from './published.js';

export interface CatalogueRow {
  readonly message: string;
  readonly about: string;
  readonly form: 'event' | 'command';
  readonly owner: string;
  readonly stream: string;
  readonly travels: string;
  readonly lane: string;
  readonly schema: string;
  /** field paths by business key */
  readonly businessKeys: Readonly<Record<string, readonly string[]>>;
  /** field paths by class; what stands nowhere is public */
  readonly classes: Readonly<Record<string, readonly string[]>>;
}
type Found = Record<string, string[]>;

const note = (found: Found, name: unknown, path: string): void => {
  if (typeof name !== 'string') return;
  (found[name] ??= []).push(path);
};

const collect = (root: JsonSchema, schema: JsonSchema, path: string, keys: Found, classes: Found): void => {
  for (const [field, property] of Object.entries(schema.properties ?? {})) {
    const items = property['items'] as JsonSchema | undefined;
    const here = `${path}${field}${items ? '[]' : ''}`;
    note(keys, property['x-business-key'], here);
    note(classes, property['x-class'], here);
    const target = (property['$ref'] ?? items?.['$ref']) as string | undefined;
    const definition = target && root.$defs?.[target.slice('#/$defs/'.length)];
    if (definition) collect(root, definition, `${here}.`, keys, classes);
  }
};

const sorted = (found: Found): Found => Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));

export const catalogueRow = (message: Message): CatalogueRow => {
  const schema = publishedSchema(message);
  const keys: Found = {};
  const classes: Found = {};
  collect(schema, schema, '', keys, classes);
  return {
    message: contractId(message.type, message.version),
    about: message.about,
    form: message.form === 'evt' ? 'event' : 'command',
    owner: DOMAINS[message.domain].owner,
    stream: message.stream,
    travels: message.travels,
    lane: message.laneKind,
    schema: schemaUrn(message),
    businessKeys: sorted(keys),
    classes: sorted(classes),
  };
};

/** All rows, and turned round: which messages carry a business key. One index over these finds a whole chain. */
export const catalogue = (messages: readonly Message[]): object => {
  const rows = messages.map(catalogueRow);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.businessKeys)))].sort();
  return {
    messages: rows,
    businessKeys: Object.fromEntries(
      names.map((name) => [
        name,
        Object.fromEntries(
          rows.filter((row) => row.businessKeys[name]).map((row) => [row.message, row.businessKeys[name]]),
        ),
      ]),
    ),
  };
};
