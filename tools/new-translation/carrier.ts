/** A carrier: a folder with mapping table, reader and golden file. */
import { addToList, type Kind } from './translation.ts';

export const CARRIERS = 'apps/shipment-normalization/src/translate/carriers';
const folder = (name: string): string => `${CARRIERS}/${name}`;

const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const title = (name: string): string =>
  name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');

export const carrier: Kind = {
  legal: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  named: 'small letters, digits and single hyphens, such as royal-mail',
  folder,
  words: (name) => ({ name, own: camel(name), title: title(name), today: new Date().toISOString().slice(0, 10) }),
  taken: (tree, name) => (tree.exists(folder(name)) ? folder(name) : undefined),
  // into the list that `readTracking` asks
  announce: (tree, name) =>
    addToList(tree, {
      path: `${CARRIERS}/index.ts`,
      list: 'export const CARRIERS: readonly CarrierTranslation[] = [',
      imports: /^import \{ \w+ \} from '\.\/([\w-]+)\/read\.js';\n/gm,
      name,
      own: camel(name),
      from: `./${name}/read.js`,
    }),
  next: (name) =>
    `Say in ${folder(name)}/table.ts what ${title(name)} documents, put its payloads into golden/, then: npm test -- ${CARRIERS}`,
};
