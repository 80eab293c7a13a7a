/**
 * Reason catalogue: every ignore, defer, reject, refusal and case carries one of these codes. A sentence for business,
 * one for IT, the next action, and whether trying again makes sense. A test fails when a code is used that is not here.
 */
import { CAPTURE_REASONS } from './reasons/capture.js';
import { EDI_REASONS } from './reasons/edi.js';
import { CONNECTORS_REASONS } from './reasons/connectors.js';
import { DOCUMENT_REASONS } from './reasons/documents.js';
import { FILES_REASONS } from './reasons/files.js';
import { FINANCE_REASONS } from './reasons/finance.js';
import { INVENTORY_REASONS } from './reasons/inventory.js';
import { ORDERS_REASONS } from './reasons/orders.js';
import { ROAD_REASONS } from './reasons/road.js';
import { SHIPMENTS_REASONS } from './reasons/shipments.js';
import type { Reason } from './reasons/reason.js';

export type { Reason } from './reasons/reason.js';

export const REASONS = {
  ...CAPTURE_REASONS,
  ...FILES_REASONS,
  ...DOCUMENT_REASONS,
  ...CONNECTORS_REASONS,
  ...EDI_REASONS,
  ...ORDERS_REASONS,
  ...INVENTORY_REASONS,
  ...SHIPMENTS_REASONS,
  ...FINANCE_REASONS,
  ...ROAD_REASONS,
} as const satisfies Record<string, Reason>;
export type ReasonCode = keyof typeof REASONS;
export const reasonOf = (code: string): Reason | undefined => (REASONS as Record<string, Reason>)[code];
