/** How long the archive keeps what: days by kind, set by CROSSDOCK_ARCHIVE_DAYS, counted from when it last came. */
import { ValidateBy } from 'class-validator';

/** `file`: what partners sent; `canonical`: what was read of it; `sent`: what was written for partners; `webhook`: what carriers told. */
export type ArchiveKind = 'file' | 'canonical' | 'sent' | 'webhook';
export type ArchiveDays = Readonly<Record<ArchiveKind, number>>;

/** Documents of trade are kept ten years (HGB section 257, the longest of the usual duties); a scan is over with its package. */
export const ARCHIVE_DAYS: ArchiveDays = { file: 3_653, canonical: 3_653, sent: 3_653, webhook: 90 };
const MOST_DAYS = 36_525;
const DAY_MS = 86_400_000;

/** The days of each kind, with what the settings say instead. */
export const archiveDays = (said: Partial<Record<string, number>> = {}): ArchiveDays => ({ ...ARCHIVE_DAYS, ...said });

/** Until when what is archived now is kept. */
export const keptUntil = (days: ArchiveDays, kind: ArchiveKind, nowMs: number): Date =>
  new Date(nowMs + days[kind] * DAY_MS);

const isDays = (said: unknown): boolean =>
  typeof said === 'object' &&
  said !== null &&
  Object.entries(said).every(
    ([kind, days]) =>
      Object.hasOwn(ARCHIVE_DAYS, kind) && Number.isInteger(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS,
  );
export const IsArchiveDays = (): PropertyDecorator =>
  ValidateBy(
    { name: 'isArchiveDays', validator: { validate: isDays } },
    {
      message: `must be JSON: days by kind, such as {"webhook":90}; kinds ${Object.keys(ARCHIVE_DAYS).join(', ')}, 1 to ${MOST_DAYS} days`,
    },
  );
