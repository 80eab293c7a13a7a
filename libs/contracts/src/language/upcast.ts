/** Upcasters: one pure function per version hop. A breaking change is a new version, and old messages are lifted to it. */
import { contractId, findMessage, type Message } from './define.js';

type Lift = (data: never) => unknown;
const hops = new Map<string, { readonly version: number; readonly lift: Lift }>();

/** Declares the hop from one version to the next: `defineUpcast(OrderNotedV1, OrderNotedV2, (old) => ...)`. */
export const defineUpcast = <A, B>(from: Message<A>, to: Message<B>, lift: (data: A) => B): void => {
  if (from.type !== to.type || to.version !== from.version + 1)
    throw new Error(`an upcast goes one version up: ${from.type}.v${from.version} -> ${to.type}.v${to.version}`);
  hops.set(contractId(from.type, from.version), { version: to.version, lift });
};

/** The next version of some data, or undefined when there is none. */
export const upcast = (
  type: string,
  version: number,
  data: unknown,
): { readonly version: number; readonly data: unknown } | undefined => {
  const hop = hops.get(contractId(type, version));
  return hop && { version: hop.version, data: hop.lift(data as never) };
};

/**
 * Older versions of a message that can be lifted to it, nearest first. Who hears the newest must take these from the
 * stream as well: its history, and speakers that still say the old one.
 */
export const earlierVersions = (message: Message): readonly Message[] => {
  const before = findMessage(message.type, message.version - 1);
  if (!before || !hops.has(contractId(before.type, before.version))) return [];
  return [before, ...earlierVersions(before)];
};
