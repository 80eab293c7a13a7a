/** What partners are told of availability: at intervals that are agreed, never with each change. */
import { bySelf, defineCommand } from '../language/define.js';
import { IsInstant, IsKey, IsOneOf, IsText, IsWhole, Optional } from '../language/fields.js';

export class PartnerReport {
  @IsKey('partner') partner!: string;
}
const ofPartner = {
  key: (data: PartnerReport) => data.partner,
  lane: bySelf((data: PartnerReport) => data.partner),
};

export class ReportDueData extends PartnerReport {
  /** the moment that it was set for: another one has taken its place when the agreement changed */
  @IsInstant() dueAt!: string;
}
export const ReportDue = defineCommand('connectors', 'report-due', 1, ReportDueData, {
  about: 'It is time to tell a partner what it may order.',
  ...ofPartner,
  travels: 'timer',
});

export const SendReport = defineCommand('connectors', 'send-report', 1, class SendReportData extends PartnerReport {}, {
  about: 'Somebody wants a partner told now what it may order.',
  ...ofPartner,
  travels: 'door',
});

export class CompileReportData extends PartnerReport {
  @IsKey('report') reportId!: string;
  @IsText(20) standard!: string;
  /** `846`, `INVRPT` */
  @IsText(60) type!: string;
  /** whose availability is told */
  @IsKey('channel') channel!: string;
  @IsInstant() asOf!: string;
}
export const CompileReport = defineCommand('connectors', 'compile-report', 1, CompileReportData, {
  about: 'Puts down what a channel may sell, in the words of a partner.',
  ...ofPartner,
  travels: 'ask',
});
export class ReportCompiledData extends PartnerReport {
  @IsKey('report') reportId!: string;
  @IsText(20) standard!: string;
  @IsText(60) type!: string;
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  /** archive hash of the report; none when there is nothing to tell */
  @Optional() @IsKey() canonical?: string;
  @Optional() @IsWhole() lines?: number;
}
export const ReportCompiled = defineCommand('connectors', 'record-report', 1, ReportCompiledData, {
  about: 'A stock report for a partner is put down.',
  ...ofPartner,
  travels: 'answer',
});
