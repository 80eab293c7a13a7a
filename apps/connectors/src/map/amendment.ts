/** What a document asks of an order that was taken before; an order that says it cancels or changes one is none of its own. */
import type { MappedAmendment } from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import type { Changing } from './map-change.js';
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

/** The document, where it tells what is to be other. */
export const changeIn = (canonical: CanonicalDocument): Changing | undefined =>
  canonical.kind === 'order-change' || canonical.kind === 'order' ? canonical.data : undefined;

/** Purposes of an order that is no order: what would be, or what somebody only has to know (X12 353, 473). */
const NOTHING_WANTED: readonly string[] = ['simulation', 'information'];
/** Why an order asks for nothing: it is none, or its shop wants nothing sent for it (yet). */
export const idleIn = (canonical: CanonicalDocument): string | undefined => {
  if (canonical.kind !== 'order') return undefined;
  const { number, purpose } = canonical.data;
  if (purpose !== undefined && NOTHING_WANTED.includes(purpose))
    return `order ${number} is sent as ${purpose} alone: nothing is to be done`.slice(0, MOST);
  if (purpose === 'pending')
    return `order ${number} is not paid or not finished: nothing is to be sent yet`.slice(0, MOST);
  return purpose === 'over' ? `order ${number} is sent or over: nothing is to be sent`.slice(0, MOST) : undefined;
};
