/** How long the script before this command took: packages and build. It leaves a note, as it cannot hand anything over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The note belongs to this start only when it was finished right before it. */
const RIGHT_BEFORE_MS = 5_000;

export interface SetUpNote {
  readonly startedAt: number;
  readonly endedAt: number;
}

export const secondsOf = ({ startedAt, endedAt }: SetUpNote, commandStartedAt: number): number => {
  const apart = commandStartedAt - endedAt;
  return apart > -RIGHT_BEFORE_MS && apart < RIGHT_BEFORE_MS ? Math.max(0, commandStartedAt - startedAt) / 1000 : 0;
};

export function setupBefore(dir: string, commandStartedAt: number): number {
  try {
    const note = JSON.parse(readFileSync(join(dir, 'set-up.json'), 'utf8')) as SetUpNote;
    return secondsOf(note, commandStartedAt);
  } catch {
    return 0;
  }
}
