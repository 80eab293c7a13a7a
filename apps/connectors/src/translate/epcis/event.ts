/** One EPCIS event as neutral values: JSON-LD and XML are read into this, and this into the canonical event. */
import { DateTime } from 'luxon';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { EpcisEvent, EpcQuantity, ErrorDeclaration, TypedId } from '../../canonical/epcis-events.js';
import { decimalOf } from '../edi/decimal.js';
import type { Fault } from '../translation.js';
import { isEventType, shortOf, type Vocabulary } from './vocabulary.js';

export interface SentQuantity {
  readonly epcClass: string | undefined;
  readonly quantity: string | undefined;
  readonly uom: string | undefined;
}
export interface SentTyped {
  readonly type: string | undefined;
  readonly id: string | undefined;
}
/** Everything as sent; lists are empty where nothing was sent. */
export interface SentEvent {
  readonly type: string;
  readonly text: (name: string) => string | undefined;
  readonly id: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[];
  readonly quantities: (name: string) => readonly SentQuantity[];
  readonly typed: (name: string, item: string) => readonly SentTyped[];
  readonly error: SentError | undefined;
  readonly persistent: { readonly set: readonly string[]; readonly unset: readonly string[] };
}
export interface SentError {
  readonly declared: string | undefined;
  readonly reason: string | undefined;
  readonly corrective: readonly string[];
}

const OFFSET = /^[+-](0\d|1[0-4]):[0-5]\d$/;
const ACTIONS = ['ADD', 'OBSERVE', 'DELETE'] as const;
const REQUIRE_ACTION = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'AssociationEvent'];
const isInstant = (text: string): boolean => /(Z|[+-]\d{2}:\d{2})$/.test(text) && DateTime.fromISO(text).isValid;

const quantitiesOf = (sent: readonly SentQuantity[], path: string, faults: Fault[]): readonly EpcQuantity[] =>
  sent.flatMap(({ epcClass, quantity, uom }) => {
    const value = quantity === undefined ? undefined : decimalOf(quantity);
    if (quantity !== undefined && value === undefined)
      faults.push({ code: 'number-unreadable', path, text: `${JSON.stringify(quantity.slice(0, 60))} is no number` });
    return epcClass ? filled<EpcQuantity>({ epcClass, quantity: value, unit: uom }) : [];
  });

const typedOf = (sent: readonly SentTyped[], vocabulary: Vocabulary): readonly TypedId[] =>
  sent.flatMap(({ type, id }) =>
    id ? filled<TypedId>({ type: type === undefined ? undefined : shortOf(vocabulary, type), id }) : [],
  );

/** What the standard requires of every event; the content is kept whatever is wrong with it. */
const faultsOf = (sent: SentEvent, path: string): readonly Fault[] => {
  const faults: Fault[] = [];
  const fault = (code: string, field: string, text: string): void => {
    faults.push({ code, path: `${path}/${field}`, text: `${path}/${field} ${text}` });
  };
  const at = sent.text('eventTime');
  const offset = sent.text('eventTimeZoneOffset');
  const action = sent.text('action');
  if (!isEventType(sent.type)) fault('message-unsupported', 'type', `${JSON.stringify(sent.type)} is no EPCIS event`);
  if (!at) fault('element-missing', 'eventTime', 'is required and missing');
  else if (!isInstant(at)) fault('date-unreadable', 'eventTime', `${JSON.stringify(at)} is no instant with an offset`);
  if (!offset) fault('element-missing', 'eventTimeZoneOffset', 'is required and missing');
  else if (!OFFSET.test(offset))
    fault('date-unreadable', 'eventTimeZoneOffset', `${JSON.stringify(offset)} is no offset such as +01:00`);
  if (REQUIRE_ACTION.includes(sent.type) && !action) fault('element-missing', 'action', 'is required and missing');
  if (action && !(ACTIONS as readonly string[]).includes(action))
    fault('value-unreadable', 'action', `${JSON.stringify(action)} is none of ADD, OBSERVE, DELETE`);
  return faults;
};

const errorOf = (sent: SentError | undefined): ErrorDeclaration | undefined =>
  sent?.declared
    ? filled<ErrorDeclaration>({
        declared: sent.declared,
        reason: sent.reason === undefined ? undefined : shortOf('er', sent.reason),
        correctiveEvents: sent.corrective,
      })
    : undefined;

const short = (vocabulary: Vocabulary, word: string | undefined) =>
  word === undefined ? undefined : shortOf(vocabulary, word);

/** The canonical event, absent when its type, time or offset can't be told; faults say why. */
export const eventOf = (sent: SentEvent, path: string, faults: Fault[]): EpcisEvent | undefined => {
  const wrong = faultsOf(sent, path);
  faults.push(...wrong);
  const { type } = sent;
  const at = sent.text('eventTime');
  const offset = sent.text('eventTimeZoneOffset');
  if (!isEventType(type) || !at || !offset) return undefined;
  const quantities = (name: string) => quantitiesOf(sent.quantities(name), `${path}/${name}`, faults);
  return filledOrNothing<EpcisEvent>({
    type,
    id: sent.text('eventID'),
    at,
    offset,
    recorded: sent.text('recordTime'),
    action: ACTIONS.find((action) => action === sent.text('action')),
    bizStep: short('bizstep', sent.text('bizStep')),
    disposition: short('disp', sent.text('disposition')),
    setDispositions: sent.persistent.set.map((word) => shortOf('disp', word)),
    unsetDispositions: sent.persistent.unset.map((word) => shortOf('disp', word)),
    readPoint: sent.id('readPoint'),
    bizLocation: sent.id('bizLocation'),
    parent: sent.text('parentID'),
    epcs: [...sent.list('epcList'), ...sent.list('childEPCs')],
    quantities: [...quantities('quantityList'), ...quantities('childQuantityList')],
    inputEpcs: sent.list('inputEPCList'),
    inputQuantities: quantities('inputQuantityList'),
    outputEpcs: sent.list('outputEPCList'),
    outputQuantities: quantities('outputQuantityList'),
    transformation: sent.text('transformationID'),
    transactions: typedOf(sent.typed('bizTransactionList', 'bizTransaction'), 'btt'),
    sources: typedOf(sent.typed('sourceList', 'source'), 'sdt'),
    destinations: typedOf(sent.typed('destinationList', 'destination'), 'sdt'),
    error: errorOf(sent.error),
  });
};

/** As sent, for conformance: absent is null, as in the reference. */
export const eventFigures = (sent: SentEvent): Record<string, unknown> => ({
  type: sent.type,
  action: sent.text('action') ?? null,
  bizStep: sent.text('bizStep') ?? null,
  disposition: sent.text('disposition') ?? null,
  eventTime: sent.text('eventTime') ?? null,
  eventTimeZoneOffset: sent.text('eventTimeZoneOffset') ?? null,
});
