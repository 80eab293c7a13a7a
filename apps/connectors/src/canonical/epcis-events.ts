/** Physical events of GS1 EPCIS 2.0, read from JSON-LD or XML alike. CBV values stand in their short form. */
import type { DecimalText } from './shapes.js';

export type EpcisEventType =
  'ObjectEvent' | 'AggregationEvent' | 'TransactionEvent' | 'TransformationEvent' | 'AssociationEvent';
export interface EpcQuantity {
  readonly epcClass: string;
  readonly quantity?: DecimalText;
  /** UN/ECE Rec 20; left out for pieces */
  readonly unit?: string;
}
/** A pair of CBV type and identifier: business transaction, source or destination. */
export interface TypedId {
  readonly type?: string;
  readonly id: string;
}
/** Says that an earlier event never was as it was told. */
export interface ErrorDeclaration {
  /** as sent, with its offset */
  readonly declared: string;
  readonly reason?: string;
  readonly correctiveEvents?: readonly string[];
}
export interface EpcisEvent {
  readonly type: EpcisEventType;
  readonly id?: string;
  /** as sent, with its offset */
  readonly at: string;
  /** local offset of the place where it happened, `+01:00` */
  readonly offset: string;
  readonly recorded?: string;
  readonly action?: 'ADD' | 'OBSERVE' | 'DELETE';
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly setDispositions?: readonly string[];
  readonly unsetDispositions?: readonly string[];
  readonly readPoint?: string;
  readonly bizLocation?: string;
  readonly parent?: string;
  readonly epcs?: readonly string[];
  readonly quantities?: readonly EpcQuantity[];
  readonly inputEpcs?: readonly string[];
  readonly inputQuantities?: readonly EpcQuantity[];
  readonly outputEpcs?: readonly string[];
  readonly outputQuantities?: readonly EpcQuantity[];
  readonly transformation?: string;
  readonly transactions?: readonly TypedId[];
  readonly sources?: readonly TypedId[];
  readonly destinations?: readonly TypedId[];
  readonly error?: ErrorDeclaration;
}
export interface CanonicalEpcisEvents {
  /** instance identifier or id of the document */
  readonly number?: string;
  readonly created?: string;
  readonly events: readonly EpcisEvent[];
}
