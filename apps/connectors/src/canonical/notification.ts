/** A thin event: something changed there, and the document itself has to be fetched (BigCommerce webhooks). */
export interface CanonicalNotification {
  /** hash or id of the event: the same notification twice is one */
  readonly number: string;
  /** `order`, `product`, `shipment` ... */
  readonly subject: string;
  readonly subjectId: string;
  /** `created`, `updated`, `statusUpdated` ... as sent */
  readonly what: string;
  readonly store?: string;
  /** instant, when said */
  readonly at?: string;
}
