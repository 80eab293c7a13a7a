/** The kinds that a partner's lane owns: its data, its documents, and what it has been sent. */
import type { Touched } from '@crossdock/kernel';
import { caseKind } from '@crossdock/contracts';
import { reportClockKind } from './report-clock.js';
import { dispatchKind, outboxKind } from './dispatch.js';
import { controlKind, documentKind, sentOrderKind } from './document.js';
import { warehouseOrderKind } from './warehouse-order.js';
import { mappingKind, partnerKind, referenceKind } from './partner.js';

export const PARTNER_KINDS = {
  partner: partnerKind,
  reference: referenceKind,
  mapping: mappingKind,
  document: documentKind,
  control: controlKind,
  sentOrder: sentOrderKind,
  dispatch: dispatchKind,
  outbox: outboxKind,
  reportClock: reportClockKind,
  warehouseOrder: warehouseOrderKind,
  case: caseKind,
};
export type PartnerStates = Touched<typeof PARTNER_KINDS>;
