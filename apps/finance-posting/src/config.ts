import { IsUrl } from 'class-validator';

export class FinanceSettings {
  /** where the ERP answers; CROSSDOCK_ERP_URL */
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  erpUrl!: string;
}
