/** What a person who closes a case about goods on their way means: they come no more. */
import { CloseInbound, type CaseState, type CloseInboundData } from '@crossdock/contracts';
import type { Retried } from '@crossdock/runtime';

export const giveUp = ({ content }: CaseState, comment: string, by: string): Retried => ({
  contract: CloseInbound,
  data: { ...(content as Pick<CloseInboundData, 'node' | 'inboundNo' | 'documentNo' | 'items'>), comment, by },
});
