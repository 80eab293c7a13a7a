/** Bodies of the warehouse's callbacks: the fulfilment order stands in the path. */
import { ConfirmedPick, IsInstant, IsKey, IsLines, IsListOf, PackageData } from '@crossdock/contracts';

export class PickConfirmation {
  /** the WMS' number of this confirmation: the same number and content again changes nothing */
  @IsKey('pickDocument') documentNo!: string;
  @IsInstant() occurredAt!: string;
  @IsLines(ConfirmedPick) lines!: ConfirmedPick[];
}
export class DispatchConfirmation {
  @IsKey('dispatchDocument') documentNo!: string;
  @IsInstant() occurredAt!: string;
  @IsListOf(PackageData, 1000, 1) packages!: PackageData[];
}
