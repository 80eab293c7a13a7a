/** An XML element as documents are read here: local names, attributes, children, its own text. */
export interface XmlElement {
  readonly parent?: XmlElement;
  /** local name, without prefix */
  readonly name: string;
  /** namespace URI, '' for none */
  readonly uri: string;
  /** by local name; no prototype, so any name is safe */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** its own character data, joined, outer white space kept */
  readonly text: string;
}

/** Names are compared without their prefix: partners get prefixes right, and namespaces of parts often not. */
export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** The first element down the path of names. */
export const elementAt = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined => {
  let at = element;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at;
};

/** Trimmed text of the first element down the path; undefined when there is none or it is empty. */
export const textAt = (element: XmlElement | undefined, ...path: readonly string[]): string | undefined =>
  elementAt(element, ...path)?.text.trim() || undefined;

/** Texts of all children of this name that have any. */
export const textsOf = (element: XmlElement | undefined, name: string): readonly string[] =>
  childrenOf(element, name).flatMap((child) => child.text.trim() || []);

/** Text of the first `child` of an element named `parent`, anywhere, in document order. Not recursive: depth is the sender's. */
export const firstTextOf = (root: XmlElement, parent: string, child: string): string | undefined => {
  const open = [root];
  for (let at = open.pop(); at; at = open.pop()) {
    const found = at.name === parent ? elementAt(at, child) : undefined;
    if (found) return found.text.trim();
    for (let index = at.children.length - 1; index >= 0; index--) open.push(at.children[index] as XmlElement);
  }
  return undefined;
};

/**
 * Elements that fit, in document order; what is below one that fits is not looked at. Not recursive, and nothing is spread
 * into a call: both depth and number of children are the sender's.
 */
export const elementsIn = (
  roots: readonly XmlElement[],
  fits: (element: XmlElement) => boolean,
): readonly XmlElement[] => {
  const found: XmlElement[] = [];
  const open = [...roots].reverse();
  for (let at = open.pop(); at; at = open.pop()) {
    if (fits(at)) found.push(at);
    else for (let index = at.children.length - 1; index >= 0; index--) open.push(at.children[index] as XmlElement);
  }
  return found;
};

const stepTo = (element: XmlElement): string => {
  const same = element.parent ? childrenOf(element.parent, element.name) : [element];
  return same.length > 1 ? `${element.name}[${same.indexOf(element) + 1}]` : element.name;
};
/** `/Order/OrderLine[2]/LineItem/Quantity`: where a fault is, for a person. */
export const pathOf = (element: XmlElement, ...below: readonly string[]): string => {
  const steps = [...below];
  for (let at: XmlElement | undefined = element; at; at = at.parent) steps.unshift(stepTo(at));
  return `/${steps.join('/')}`;
};
