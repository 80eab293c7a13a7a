/** JSON Schema of a data class, made from its class-validator decorators: the public interface, and what validates. */
import { createRequire } from 'node:module';
import { getMetadataStorage } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

export interface JsonSchema {
  [keyword: string]: unknown;
  properties?: Record<string, JsonSchema>;
  $defs?: Record<string, JsonSchema>;
}
const PREFIX = '#/$defs/';

// The nested types are known to class-transformer only, and it does not export its storage.
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  defaultMetadataStorage: never;
};

let schemas: Record<string, JsonSchema> | undefined;
let twice: ReadonlySet<string> = new Set();
let known = 0;
const everySchema = (): Record<string, JsonSchema> => {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<{ readonly name: string }, unknown> };
  if (!schemas || known !== storage.validationMetadatas.size) {
    known = storage.validationMetadatas.size;
    const names = [...storage.validationMetadatas.keys()].map(({ name }) => name);
    twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    schemas = validationMetadatasToSchemas({
      classTransformerMetadataStorage: defaultMetadataStorage,
      refPointerPrefix: PREFIX,
    }) as Record<string, JsonSchema>;
  }
  return schemas;
};

/** Schemas go by class name: of two classes with one name the fields would mix, in silence. */
const onlyOne = (name: string): string => {
  if (twice.has(name)) throw new Error(`two classes are called ${name}: their schemas would mix; rename one`);
  return name;
};

const namesWithin = (schema: unknown, found: Set<string>): void => {
  if (Array.isArray(schema)) schema.forEach((part) => namesWithin(part, found));
  else if (schema && typeof schema === 'object') {
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === '$ref' && typeof value === 'string') found.add(value.slice(PREFIX.length));
      else namesWithin(value, found);
    }
  }
};

const closed = (schema: JsonSchema, strict: boolean): JsonSchema =>
  schema['type'] === 'object' && schema.properties ? { ...schema, additionalProperties: !strict } : schema;

/**
 * Schema of a class with all that it refers to under `$defs`. Strict for those who write (unknown fields are refused),
 * tolerant for those who read (unknown fields are passed over).
 */
export const schemaOf = (dataClass: new () => object, mode: 'strict' | 'tolerant'): JsonSchema => {
  const every = everySchema();
  let root: JsonSchema | undefined;
  // A class that adds no field of its own has its parent's schema.
  for (let own: unknown = dataClass; typeof own === 'function' && !root; own = Object.getPrototypeOf(own))
    root = every[onlyOne(own.name)];
  if (!root) throw new Error(`${dataClass.name} has no decorated field`);
  const names = new Set<string>();
  const queue: JsonSchema[] = [root];
  for (let schema = queue.pop(); schema; schema = queue.pop()) {
    const within = new Set<string>();
    namesWithin(schema, within);
    for (const name of within) {
      const definition = every[onlyOne(name)];
      if (!definition) throw new Error(`${dataClass.name} refers to ${name}, which has no decorated field`);
      if (!names.has(name)) {
        names.add(name);
        queue.push(definition);
      }
    }
  }
  const strict = mode === 'strict';
  const definitions = [...names].sort().map((name) => [name, closed(every[name] as JsonSchema, strict)] as const);
  return { ...closed(root, strict), ...(definitions.length ? { $defs: Object.fromEntries(definitions) } : {}) };
};
