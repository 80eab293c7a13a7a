/** Loaded before inventory-propagation: as long as a file is there, each reservation takes so many milliseconds. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

const [file, ms] = (process.env.CROSSDOCK_DRILL_SLOW ?? '').split('|');
const DECIDE = '/apps/inventory-propagation/dist/src/domain/decide.js';

globalThis.drillSlowly = () => {
  // The thread stands still, as a decision that computes for so long would have it.
  if (existsSync(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ms));
};

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith(DECIDE)) return loaded;
    const rule = 'for (const rule of stock.rules) if (rule.hears.type === "inventory.cmd.reserve-stock")';
    const slow = 'rule.decide = ((decide) => (...given) => (globalThis.drillSlowly(), decide(...given)))(rule.decide);';
    return { ...loaded, source: `${String(loaded.source)}\n${rule} ${slow}\n` };
  },
});
