/** The number of an order tells by which channel it comes. */
import { derivedId } from '@crossdock/kernel';
import type { Tenant } from './services.ts';

export const CHANNEL = 'api';
export const PARTNER = 'partner-P1';
export const isPartners = (no: string): boolean => no.startsWith('P');
export const orderIdOf = (tenant: Tenant, no: string): string =>
  derivedId(tenant, isPartners(no) ? PARTNER : CHANNEL, no);
