/** Rules of this repository that no plugin has. Each message says what to do instead. */
import { basename } from 'node:path';

const VAGUE = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'core', 'manager', 'base', 'misc']);

/** A file or folder called `utils` gathers whatever has no home: name what is in it. */
const plainFileName = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program(node) {
      const path = context.filename.slice(context.cwd.length + 1).split(/[/\\]/);
      const words = path.flatMap((part) => part.replace(/\.[cm]?tsx?$|\.[cm]?js$/, '').split(/[.\-_]/));
      const vague = words.find((word) => VAGUE.has(word.toLowerCase()));
      if (vague)
        context.report({
          node,
          message: `${basename(context.filename)}: "${vague}" says nothing; name what is in it.`,
        });
    },
  }),
};

/** Every exception from a rule says why it is one. */
const explainedDisable = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value))
          context.report({ loc: comment.loc, message: 'Say why: `// eslint-disable-next-line rule -- reason`.' });
      }
    },
  }),
};

export const crossdock = { rules: { 'plain-file-name': plainFileName, 'explained-disable': explainedDisable } };
