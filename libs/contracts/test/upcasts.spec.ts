import {
  allMessages,
  contractId,
  defineUpcast,
  earlierVersions,
  findMessage,
  NodeChanged,
  nodeChangedV1Of,
  NodeChangedV2,
  type NodeChangedV2Data,
  OrderCreated,
  upcast,
  violationsOf,
} from '../src/index.js';
import { samples } from './samples.js';

const lifted = samples()
  .filter(({ verdict }) => verdict === 'good')
  .flatMap((sample) => {
    const next = upcast(sample.message.type, sample.message.version, sample.data);
    return next ? [{ ...sample, next }] : [];
  });

describe('an upcast', () => {
  it('is there for every version that has a next one', () => {
    const stranded = allMessages().filter(
      ({ type, version }) => findMessage(type, version + 1) && !lifted.some((s) => s.message.type === type),
    );
    expect(stranded.map(({ type, version }) => contractId(type, version))).toEqual([]);
  });

  it.each(lifted)('makes of $file a good message of the next version', ({ message, next }) => {
    const target = findMessage(message.type, next.version);
    expect(violationsOf(target!.dataClass, next.data, 'strict')).toEqual([]);
  });

  it.each(lifted)('leaves $file in its place and lane', ({ message, data, next }) => {
    const target = findMessage(message.type, next.version);
    expect(target!.key(next.data)).toBe(message.key(data));
    expect(target!.lane(next.data)).toBe(message.lane(data));
  });

  it('goes one version up, and never to another message', () => {
    expect(() => defineUpcast(NodeChangedV2, NodeChanged, () => ({}) as never)).toThrow('one version up');
    expect(() => defineUpcast(OrderCreated, NodeChangedV2, () => ({}) as never)).toThrow('one version up');
  });

  it('is not there for the newest version', () => {
    expect(upcast(NodeChangedV2.type, 2, {})).toBeUndefined();
    expect(earlierVersions(NodeChanged)).toEqual([]);
    expect(earlierVersions(NodeChangedV2)).toEqual([NodeChanged]);
  });
});

describe('the window in which a speaker says both versions of node-changed', () => {
  const newest = samples().filter(({ message, verdict }) => message === NodeChangedV2 && verdict === 'good');

  it.each(newest)('$file can be said in version 1 as well', ({ data }) => {
    const old = nodeChangedV1Of(data as NodeChangedV2Data);
    expect(violationsOf(NodeChanged.dataClass, old, 'strict')).toEqual([]);
    expect(NodeChanged.key(old)).toBe(NodeChangedV2.key(data as NodeChangedV2Data));
  });
});
