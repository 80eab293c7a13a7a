/**
 * Loaded before a replica of finance-posting: it becomes a newer version that hears the second version of
 * `masterdata.evt.node-changed`. What is left of the first version is lifted to it on its way in.
 */
import { registerHooks } from 'node:module';

const CATALOGUE = '/apps/finance-posting/dist/src/domain/catalogue.js';

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith(CATALOGUE)) return loaded;
    const source = String(loaded.source);
    const newer = source.replaceAll('NodeChanged', 'NodeChangedV2');
    if (newer === source) throw new Error(`${url} names no NodeChanged: this drill knows an older catalogue`);
    return { ...loaded, source: newer };
  },
});
