/** What a person has to do something about: printed without a stack, exit code 2 (could not start). */
export class SetUpFailure extends Error {
  override name = 'SetUpFailure';
}

export type Say = (line: string) => void;

/** Ends a command: the message alone when a person can act on it, the stack when it is a defect of ours. */
export function failSetUp(error: unknown): void {
  const text = error instanceof SetUpFailure ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 2;
}
