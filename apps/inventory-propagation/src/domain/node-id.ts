/** Ids of states within a node: `<node>/<rest>`. A slash in the node is escaped, so no two states share an id. */
export const idWithin = (node: string, rest: string): string =>
  `${node.replaceAll('%', '%25').replaceAll('/', '%2F')}/${rest}`;

export const splitId = (id: string): { readonly node: string; readonly rest: string } => {
  const slash = id.indexOf('/');
  const node = id.slice(0, slash).replaceAll('%2F', '/').replaceAll('%25', '%');
  return { node, rest: id.slice(slash + 1) };
};
