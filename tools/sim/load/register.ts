/**
 * Loads the sources of libs and apps as they stand, without a build: `node --import` this, with
 * `-C @crossdock/source`. `CROSSDOCK_SIM_PATCH` (JSON of patches) plants a bug in them on their way in.
 */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { patched, type Patch } from './patch.ts';
import { ROOT } from '../../stack/files.ts';

const patches = JSON.parse(process.env['CROSSDOCK_SIM_PATCH'] ?? '[]') as readonly Patch[];
const SOURCES = /^(libs|apps)\//;

/** Path within the repository, or undefined for what is none of its TypeScript sources. */
const sourceOf = (url: string): string | undefined => {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return undefined;
  const path = relative(ROOT, fileURLToPath(url)).split(sep).join('/');
  return SOURCES.test(path) && !path.includes('node_modules/') ? path : undefined;
};

registerHooks({
  resolve: (specifier, context, next) => {
    const isSource = context.parentURL !== undefined && sourceOf(context.parentURL) !== undefined;
    if (isSource && specifier.startsWith('.') && specifier.endsWith('.js')) {
      const url = new URL(`${specifier.slice(0, -3)}.ts`, context.parentURL);
      if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
  load: (url, context, next) => {
    const path = sourceOf(url);
    if (path === undefined) return next(url, context);
    const { code } = transformSync(patched(path, readFileSync(new URL(url), 'utf8'), patches), {
      filename: path,
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
