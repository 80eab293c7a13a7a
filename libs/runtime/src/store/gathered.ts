/**
 * One round trip for many: what is asked while a call is under way goes together in the next. An idle caller waits for
 * nobody, a busy one shares.
 */
interface Waiting<I, O> {
  readonly input: I;
  readonly resolve: (output: O) => void;
  readonly reject: (error: unknown) => void;
}
/** `act` answers in the order of its inputs; when it fails, all of that call fail. */
export const gathered = <I, O>(
  act: (inputs: readonly I[]) => Promise<readonly O[]>,
  most = 256,
): ((input: I) => Promise<O>) => {
  const waiting: Waiting<I, O>[] = [];
  let isUnderWay = false;
  const run = async (): Promise<void> => {
    if (isUnderWay) return;
    isUnderWay = true;
    while (waiting.length > 0) {
      const taken = waiting.splice(0, most);
      try {
        const outputs = await act(taken.map(({ input }) => input));
        taken.forEach(({ resolve }, at) => resolve(outputs[at] as O));
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    isUnderWay = false;
  };
  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      void run();
    });
};
