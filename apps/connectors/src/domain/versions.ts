/** Data that changes with time: every version is kept, and the day decides which one holds. */
import { holdsOn, type Day, type Instant, type Validity } from '@crossdock/kernel';

export interface Version<T> extends Validity {
  readonly version: number;
  readonly at: Instant;
  readonly author: string;
  readonly data: T;
}
/** Versions that had been saved by a moment; all of them where none is said. */
export const knownBy = <T, S extends { readonly versions: readonly Version<T>[] }>(state: S, at?: Instant): S =>
  at === undefined ? state : { ...state, versions: state.versions.filter((one) => one.at <= at) };

/** The newest version that holds on a day. */
export const versionOn = <T>(versions: readonly Version<T>[], day: Day): Version<T> | undefined =>
  versions.findLast((one) => holdsOn(one, day));

export const withVersion = <T>(
  versions: readonly Version<T>[],
  next: Omit<Version<T>, 'version'>,
): readonly Version<T>[] => [...versions, { ...next, version: (versions.at(-1)?.version ?? 0) + 1 }];
