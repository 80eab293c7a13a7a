/** Loaded before a service of a drill: its wall clock is off by so many milliseconds, its timers run as ever. */
const [service, offset] = (process.env.CROSSDOCK_DRILL_CLOCK ?? '').split(':');
if (service && process.argv[1]?.includes(`/${service}/`)) {
  const Real = Date;
  const now = () => Real.now() + Number(offset);
  globalThis.Date = class Date extends Real {
    constructor(...given) {
      if (given.length === 0) super(now());
      else super(...given);
    }
    static now() {
      return now();
    }
  };
}
