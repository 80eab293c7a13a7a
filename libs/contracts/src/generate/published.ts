/** A message's schema as others read it: JSON Schema 2020-12 with who may see a field and which index it feeds. */
import { getMetadataStorage } from 'class-validator';
import { contractId, type Message } from '../language/define.js';
import { fieldMarks } from '../language/fields.js';
import { schemaOf, type JsonSchema } from '../language/schema.js';

/** Classes by name, as the schemas refer to them. */
const classesByName = (): ReadonlyMap<string, object> => {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<{ readonly name: string }, unknown>;
  };
  return new Map([...validationMetadatas.keys()].map((target) => [target.name, target]));
};

const marked = (schema: JsonSchema, dataClass: object): JsonSchema => {
  const properties = { ...schema.properties };
  for (const { field, class: fieldClass, businessKey } of fieldMarks(dataClass)) {
    const property = properties[field];
    if (!property) continue;
    properties[field] = {
      ...property,
      ...(fieldClass === 'public' ? {} : { 'x-class': fieldClass }),
      ...(businessKey ? { 'x-business-key': businessKey } : {}),
    };
  }
  return { ...schema, properties };
};

/** Without `additionalProperties`: who reads passes over what it does not know. */
const open = ({ additionalProperties: _closed, ...schema }: JsonSchema): JsonSchema => schema;

export interface PublishedSchema extends JsonSchema {
  $id: string;
  title: string;
  description: string;
  'x-message': {
    readonly form: 'evt' | 'cmd';
    readonly stream: string;
    readonly travels: string;
    readonly lane: string;
  };
}

export const schemaUrn = (message: Pick<Message, 'type' | 'version'>): string =>
  `urn:crossdock:schema:${contractId(message.type, message.version)}`;

export const publishedSchema = (message: Message): PublishedSchema => {
  const { $defs, ...root } = schemaOf(message.dataClass, 'tolerant');
  const classes = classesByName();
  const definitions = Object.entries($defs ?? {}).map(([name, definition]) => [
    name,
    marked(open(definition), classes.get(name) as object),
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaUrn(message),
    title: contractId(message.type, message.version),
    description: message.about,
    'x-message': {
      form: message.form,
      stream: message.stream,
      travels: message.travels,
      lane: message.laneKind,
    },
    ...marked(open(root), message.dataClass),
    ...(definitions.length > 0 ? { $defs: Object.fromEntries(definitions) as Record<string, JsonSchema> } : {}),
  };
};
