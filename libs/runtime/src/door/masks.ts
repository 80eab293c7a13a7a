/**
 * What a reader may see of a message's body: public fields, those of a class that the reader has the right for, and
 * nothing that no contract knows, because nobody can say what stands there.
 */
import { allMessages, type FieldClass, type JsonSchema, type Message } from '@crossdock/contracts';
import { publishedSchema, type PublishedSchema } from '@crossdock/contracts/generate';

export const MASK = '***';
/** The right to see a class of fields. */
export const FIELD_SCOPES: Readonly<Record<Exclude<FieldClass, 'public'>, string>> = {
  personal: 'fields:personal',
  price: 'fields:price',
  bank: 'fields:bank',
};
const PREFIX = '#/$defs/';

const schemas = new Map<Message, PublishedSchema>();
const schemaFor = (message: Message): PublishedSchema => {
  const known = schemas.get(message) ?? publishedSchema(message);
  schemas.set(message, known);
  return known;
};

export const maySeeAll = (scopes: readonly string[]): boolean =>
  Object.values(FIELD_SCOPES).every((scope) => scopes.includes(scope));

const isOpen = (property: JsonSchema, scopes: readonly string[]): boolean => {
  const fieldClass = property['x-class'] as keyof typeof FIELD_SCOPES | undefined;
  return fieldClass === undefined || scopes.includes(FIELD_SCOPES[fieldClass]);
};

class Mask {
  constructor(
    private readonly root: PublishedSchema,
    private readonly scopes: readonly string[],
  ) {}

  value(schema: JsonSchema, value: unknown): unknown {
    if (!isOpen(schema, this.scopes)) return MASK;
    const items = schema['items'] as JsonSchema | undefined;
    if (Array.isArray(value)) return items ? value.map((item) => this.value(items, item)) : MASK;
    if (value === null || typeof value !== 'object') return value;
    const own = this.resolved(schema);
    // An object without a schema of its own is kept as it came: anything may stand in it.
    if (!own?.properties) return MASK;
    const { properties } = own;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, properties[name] ? this.value(properties[name], part) : MASK]),
    );
  }

  private resolved(schema: JsonSchema): JsonSchema | undefined {
    const target = schema['$ref'];
    return typeof target === 'string' ? this.root.$defs?.[target.slice(PREFIX.length)] : schema;
  }
}

/** The contract by which a body is masked: of its version, or the newest of its type where that is not told. */
export const contractOf = (type: string, version: string | undefined): Message | undefined => {
  const versions = allMessages().filter((message) => message.type === type);
  return versions.find((message) => String(message.version) === version) ?? versions.at(-1);
};

/** A body as a reader with these scopes may see it; `***` where nobody may say what it is. */
export const masked = (message: Message | undefined, data: unknown, scopes: readonly string[]): unknown => {
  if (maySeeAll(scopes)) return data;
  if (!message) return MASK;
  const root = schemaFor(message);
  return new Mask(root, scopes).value(root, data);
};
