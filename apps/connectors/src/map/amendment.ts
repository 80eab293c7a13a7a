/** What a document asks of an order that was taken before; an order that says it cancels or changes one is none of its own. */
import type { MappedAmendment } from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import { orderNumberOf } from './order-number.js';

/** Purposes (X12 353, EDIFACT 1225) of an order document that is about an earlier one. */
const WISHES: Readonly<Record<string, MappedAmendment['wish']>> = {
  cancel: 'cancel',
  change: 'change',
  replace: 'change',
};
const MOST = 200;

export const amendmentIn = (canonical: CanonicalDocument): MappedAmendment | undefined => {
  switch (canonical.kind) {
    case 'order-cancellation': {
      const { number, reason, notes = [], references } = canonical.data;
      const orderNumber = orderNumberOf(canonical.data.orderNumber, references);
      const said = [...(reason === undefined ? [] : [reason]), ...notes].join('; ');
      return { orderNumber, wish: 'cancel', reason: (said || `the partner cancelled it by ${number}`).slice(0, MOST) };
    }
    case 'order-change': {
      const { number, references } = canonical.data;
      const orderNumber = orderNumberOf(canonical.data.orderNumber, references);
      return { orderNumber, wish: 'change', reason: `the partner wants it changed by ${number}`.slice(0, MOST) };
    }
    case 'order': {
      const { number, purpose = '', references } = canonical.data;
      const wish = Object.hasOwn(WISHES, purpose) ? WISHES[purpose] : undefined;
      return (
        wish && {
          orderNumber: orderNumberOf(number, references),
          wish,
          reason: `the partner sent it again to ${purpose} it`,
        }
      );
    }
    default:
      return undefined;
  }
};
