/** EPCIS 2.0 in JSON-LD: documents, query documents, a bare event or a list of them. */
import { fieldsOf, listOf, own, textOf, textsOf, type Fields } from '../json-fields.js';
import type { SentError, SentEvent, SentQuantity, SentTyped } from './event.js';

const quantityOf = (value: unknown): SentQuantity => {
  const fields = fieldsOf(value);
  return {
    epcClass: textOf(own(fields, 'epcClass')),
    quantity: textOf(own(fields, 'quantity')),
    uom: textOf(own(fields, 'uom')),
  };
};
const typedOf = (value: unknown, item: string): SentTyped => {
  const fields = fieldsOf(value);
  return fields
    ? { type: textOf(own(fields, 'type')), id: textOf(own(fields, item)) }
    : { type: undefined, id: textOf(value) };
};
const errorOf = (value: unknown): SentError | undefined => {
  const fields = fieldsOf(value);
  return (
    fields && {
      declared: textOf(own(fields, 'declarationTime')),
      reason: textOf(own(fields, 'reason')),
      corrective: textsOf(own(fields, 'correctiveEventIDs')),
    }
  );
};

const sentOf = (fields: Fields): SentEvent => {
  const persistent = fieldsOf(own(fields, 'persistentDisposition'));
  return {
    type: textOf(own(fields, 'type')) ?? textOf(own(fields, 'isA')) ?? '',
    text: (name) => textOf(own(fields, name)),
    id: (name) => textOf(own(fieldsOf(own(fields, name)), 'id')) ?? textOf(own(fields, name)),
    list: (name) => textsOf(own(fields, name)),
    quantities: (name) => listOf(own(fields, name)).map(quantityOf),
    typed: (name, item) => listOf(own(fields, name)).map((one) => typedOf(one, item)),
    error: errorOf(own(fields, 'errorDeclaration')),
    persistent: { set: textsOf(own(persistent, 'set')), unset: textsOf(own(persistent, 'unset')) },
  };
};

export interface SentDocument {
  readonly type: string;
  readonly number: string | undefined;
  readonly created: string | undefined;
  readonly release: string | undefined;
  readonly sender: string | undefined;
  readonly receiver: string | undefined;
  readonly events: readonly SentEvent[];
}

/** Events of `epcisBody/eventList`, of `queryResults/resultsBody/eventList`, or what stands there itself. */
const eventsOf = (value: unknown): readonly unknown[] => {
  const document = fieldsOf(value);
  const body = fieldsOf(own(document, 'epcisBody'));
  const results = fieldsOf(own(fieldsOf(own(body, 'queryResults')), 'resultsBody'));
  const captured = fieldsOf(own(body, 'eventList')) ?? own(body, 'eventList') ?? own(body, 'event');
  if (body) return listOf(captured ?? own(results, 'eventList'));
  return listOf(own(document, 'eventList') ?? value);
};

export const readEpcisJson = (value: unknown): SentDocument => {
  const fields = fieldsOf(value);
  const isDocument = fieldsOf(own(fields, 'epcisBody')) !== undefined;
  const text = (name: string) => (isDocument ? textOf(own(fields, name)) : undefined);
  return {
    type: text('type') ?? 'EPCISDocument',
    number: text('instanceIdentifier') ?? text('id'),
    created: text('creationDate'),
    release: text('schemaVersion'),
    sender: text('sender'),
    receiver: text('receiver'),
    events: eventsOf(value).flatMap((one) => {
      const event = fieldsOf(one);
      return event ? sentOf(event) : [];
    }),
  };
};
