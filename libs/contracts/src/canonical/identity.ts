/** Identity of a business document: tenant, channel and number. Every channel's documents get their ids here. */
import { derivedId } from '@crossdock/kernel';

export const documentIdOf = (tenant: string, channel: string, documentNo: string): string =>
  derivedId(tenant, channel, documentNo);

const PARTNER = 'partner-';
/** The channel of a trading partner's documents, so that its orders are told from everybody else's. */
export const partnerChannel = (partner: string): string => `${PARTNER}${partner}`;
/** The partner whose channel it is; undefined for any other channel. */
export const partnerOf = (channel: string): string | undefined =>
  channel.startsWith(PARTNER) ? channel.slice(PARTNER.length) : undefined;
