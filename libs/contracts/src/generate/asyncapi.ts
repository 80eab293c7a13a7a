/** AsyncAPI 3 of all that stands on streams: what an external subscriber reads before he connects. */
import { PARTITIONS, partitionToken } from '@crossdock/kernel';
import { contractId, DOMAINS, type Message } from '../language/define.js';
import type { JsonSchema } from '../language/schema.js';
import { publishedSchema } from './published.js';

const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });

/** Headers of every message: CloudEvents 1.0, binary mode, and the trace context. */
const HEADERS = {
  type: 'object',
  required: ['ce-specversion', 'ce-id', 'ce-type', 'ce-source', 'ce-subject', 'ce-time', 'ce-tenant', 'ce-version'],
  properties: {
    'ce-specversion': { const: '1.0' },
    'ce-id': text('unique; the same id again is the same message'),
    'ce-type': text('`<domain>.evt|cmd.<name>`'),
    'ce-source': text('`urn:crossdock:<service>`'),
    'ce-subject': text('key of the entity that it is about'),
    'ce-time': text('when it was recorded, RFC 3339 UTC'),
    'ce-occurredat': text('when it happened in the world, where that differs'),
    'ce-dataschema': text('`urn:crossdock:schema:<type>.v<version>`'),
    'ce-tenant': text('whose it is'),
    'ce-version': text('version of the contract', { pattern: '^[0-9]+$' }),
    'ce-entityversion': text('counts the events of the entity from 1; 0 for commands', { pattern: '^[0-9]+$' }),
    'ce-correlationid': text('one for the whole chain, from the request to the journal'),
    'ce-causationid': text('id of the message that caused it'),
    'ce-batchid': text('the file or bulk request that brought the document in'),
    'ce-actor': text('`user:<id>` or `system:<id>`'),
    traceparent: text('W3C trace context'),
  },
};

const PARTITION = {
  enum: Array.from({ length: PARTITIONS }, (_, partition) => partitionToken(partition)),
  description: 'FNV-1a 32 of the lane key, modulo 16. Subscribe to `*` for all; order holds within one lane key.',
};

const channelName = (message: Message): string => contractId(message.type, message.version);

const channelOf = (message: Message): object => ({
  address: `${message.type}.v${message.version}.{partition}`,
  title: message.name,
  summary: message.about,
  parameters: { partition: { $ref: '#/components/parameters/partition' } },
  messages: { [message.name]: { $ref: `#/components/messages/${channelName(message)}` } },
  tags: [{ name: message.domain }, { name: message.form === 'evt' ? 'event' : 'command' }],
  'x-stream': message.stream,
  'x-lane': message.laneKind,
  ...(message.travels === 'private' ? { 'x-private': true } : {}),
});

/** The published schema with its parts named by message, as references within one document must be. */
const schemaWithin = (message: Message): object => {
  const prefix = `#/components/schemas/${channelName(message)}/$defs/`;
  const { $schema: _schema, $id: _id, ...schema } = publishedSchema(message);
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${prefix}`)) as JsonSchema;
};

const messageOf = (message: Message): object => ({
  name: message.type,
  title: message.name,
  summary: message.about,
  contentType: 'application/json',
  headers: { $ref: '#/components/schemas/headers' },
  payload: { $ref: `#/components/schemas/${channelName(message)}` },
});

const operationOf = (message: Message): object => ({
  action: 'send',
  channel: { $ref: `#/channels/${channelName(message)}` },
  title: message.name,
  summary: message.about,
  messages: [{ $ref: `#/channels/${channelName(message)}/messages/${message.name}` }],
});

const byName = (messages: readonly Message[], part: (message: Message) => object): object =>
  Object.fromEntries(messages.map((message) => [channelName(message), part(message)]));

export const asyncApi = (messages: readonly Message[]): object => {
  const spoken = messages.filter(({ travels }) => travels === 'stream' || travels === 'private');
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Crossdock',
      version: '1.0.0',
      description:
        'Orders, stock, shipments and money between the systems of a distributor, as JetStream messages. ' +
        'Duplicates and old versions occur: use the id and the entity version.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: Object.entries(DOMAINS).map(([name, { owner }]) => ({ name, description: `said or heard by ${owner}` })),
    },
    defaultContentType: 'application/json',
    channels: byName(spoken, channelOf),
    operations: byName(
      spoken.filter(({ travels }) => travels === 'stream'),
      operationOf,
    ),
    components: {
      parameters: { partition: PARTITION },
      messages: byName(spoken, messageOf),
      schemas: { headers: HEADERS, ...byName(spoken, schemaWithin) },
    },
  };
};
