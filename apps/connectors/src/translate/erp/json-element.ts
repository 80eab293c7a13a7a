/** JSON of an API whose XML says the same, as elements: one reading for both. `{ value, name }` is a text with a name. */
import { fieldsOf, listOf, textOf } from '../json-fields.js';
import type { XmlElement } from '../xml/element.js';

interface Growing extends XmlElement {
  text: string;
  children: Growing[];
}
const grow = (name: string, parent: Growing | undefined): Growing => ({
  ...(parent && { parent }),
  name,
  uri: '',
  attributes: Object.create(null) as Record<string, string>,
  children: [],
  text: '',
});

/** Children of the root object; depth is bounded by the reader of JSON. `named`: fields that are attributes as well. */
export const elementsOfJson = (value: unknown, ...named: readonly string[]): readonly XmlElement[] => {
  const root = grow('', undefined);
  const open: { readonly at: Growing; readonly value: unknown }[] = [{ at: root, value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { at } = next;
    const fields = fieldsOf(next.value);
    if (!fields) {
      at.text = textOf(next.value) ?? '';
      continue;
    }
    const text = textOf(fields.value);
    if (text !== undefined) at.text = text;
    for (const [key, field] of Object.entries(fields)) {
      for (const one of listOf(field)) {
        const child = grow(key, at);
        at.children.push(child);
        open.push({ at: child, value: one });
      }
    }
    for (const attribute of named) {
      const said = textOf(fields[attribute]);
      if (said !== undefined) (at.attributes as Record<string, string>)[attribute] = said;
    }
  }
  return root.children;
};
