/** Settings of this service; field `itemsPerInquiry` is read from CROSSDOCK_ITEMS_PER_INQUIRY. */
import { IsInt, Max, Min } from 'class-validator';

export class InventorySettings {
  /** items that one availability inquiry may name */
  @IsInt() @Min(1) @Max(1000) itemsPerInquiry = 200;
}
