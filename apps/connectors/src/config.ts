/** Settings of this service; field `translateLimitBytes` is read from CROSSDOCK_TRANSLATE_LIMIT_BYTES. */
import { IsInt, Max, Min } from 'class-validator';

export class ConnectorsSettings {
  /** bytes of one file that a door takes and archives */
  @IsInt() @Min(1_024) @Max(1024 * 1024 * 1024) fileLimitBytes = 128 * 1024 * 1024;
  /** bytes of one file that are read; a larger one is archived and waits in quarantine */
  @IsInt() @Min(1_024) @Max(1024 * 1024 * 1024) translateLimitBytes = 32 * 1024 * 1024;
  /** documents that one replay command takes on */
  @IsInt() @Min(1) @Max(10_000) replayLimit = 1_000;
}
