/** Ports that are tampered with: a call answered otherwise, held until a test lets it go, or cut off for ever. */

/** The same port with some of its calls answered otherwise. */
export const tapped = <T extends object>(port: T, taps: Partial<T>): T =>
  new Proxy(port, {
    get: (on, name) => {
      const found: unknown = Reflect.get(Object.hasOwn(taps, name) ? taps : on, name);
      return typeof found === 'function' ? found.bind(on) : found;
    },
  });

/** Everything that a process stands on. After `end` no call of it goes out and none comes back: the process is dead. */
export const mortal = () => {
  let dead = false;
  const never = new Promise<never>(() => undefined);
  const of = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (on, name) => {
        const found: unknown = Reflect.get(on, name);
        if (typeof found !== 'function') return found;
        return (...given: unknown[]): unknown => {
          if (dead) return never;
          const answer: unknown = found.apply(on, given);
          if (!(answer instanceof Promise)) return answer;
          return answer.then(
            (value: unknown) => (dead ? never : value),
            (error: unknown) => (dead ? never : Promise.reject(error as Error)),
          );
        };
      },
    });
  return { of, end: () => void (dead = true) };
};

/** Holds calls until it is opened. */
export const gate = () => {
  let open: () => void = () => undefined;
  let waiting = 0;
  let passed: Promise<void> = Promise.resolve();
  return {
    shut: () => (passed = new Promise((resolve) => (open = resolve))),
    open: () => open(),
    /** calls that stand before it */
    get waiting() {
      return waiting;
    },
    pass: async () => {
      waiting++;
      await passed;
      waiting--;
    },
  };
};
