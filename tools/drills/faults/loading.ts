/** A module that every service of a drill loads before its own code, to be another than it was built. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Variables that have Node load a file of this folder first. Flags that are set already are kept. */
export const loading = (file: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS:
    `${process.env['NODE_OPTIONS'] ?? ''} --import=${pathToFileURL(join(import.meta.dirname, file)).href}`.trim(),
});
