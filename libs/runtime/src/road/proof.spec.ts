import type { Position, Stood } from './ports.js';
import { Proof } from './proof.js';

/** A stream that others write to as well, and that may lose its end. */
class Stream {
  private readonly messages: Stood[] = [];
  private count = 0;
  /** a loss that comes just after somebody has read a message */
  loses: { readonly whenRead: number; readonly from: number } | undefined;

  /** where it stands, as an acknowledgement tells it */
  put(msgId: string): Position {
    const seq = this.messages.push({ msgId, storedMs: ++this.count });
    return { created: 'c1', seq, msgId };
  }
  others(count: number): void {
    for (let nth = 0; nth < count; nth++) this.put(`other ${this.count}`);
  }
  /** as an operator may have to */
  delete(seq: number): void {
    delete this.messages[seq - 1];
  }
  readonly stream = async () => ({ created: 'c1', firstSeq: 1, lastSeq: this.messages.length });
  loseFrom(seq: number): void {
    this.messages.length = seq - 1;
  }
  readonly message = async (_stream: string, seq: number): Promise<Stood | undefined> => {
    const found = this.messages[seq - 1];
    if (seq === this.loses?.whenRead) this.loseFrom(this.loses.from);
    return found;
  };
}
/** A lane whose commits 1 and 2 stand at 1 and 2, and are published. */
const published = async () => {
  const stream = new Stream();
  const clock = { time: 1_000, now: () => clock.time };
  const proof = new Proof(stream, clock, { n: 0, at: {} });
  const say = (n: number): void => proof.acknowledged(n, { ORDERS: stream.put(`m${n}`) });
  const look = async () => {
    const found = await proof.look();
    if ('published' in found) proof.keep(found.published, found.commits);
    return found;
  };
  say(1);
  say(2);
  await look();
  return { stream, proof, clock, say, look };
};

describe('what an acknowledgement proves', () => {
  it('is nothing before the message was read back, and then when it was stored', async () => {
    const { proof, say, look } = await published();
    say(3);
    expect([proof.n, proof.published.n]).toEqual([3, 2]);
    await look();
    expect(proof.published).toEqual({ n: 3, at: { ORDERS: { created: 'c1', seq: 3, msgId: 'm3', storedMs: 3 } } });
    expect(proof.isOwed).toBe(false);
  });

  it('is what the message says itself, when what stood before is older than what would be sent again', async () => {
    const { stream, proof, clock, say, look } = await published();
    clock.time += 7 * 86_400_000;
    stream.loseFrom(2);
    stream.others(3);
    say(3);
    await look();
    expect(proof.published.n).toBe(3);
  });

  it('is not taken back when what stood before was deleted on purpose, or the message itself', async () => {
    const { stream, proof, say, look } = await published();
    stream.delete(2);
    say(3);
    await look();
    expect(proof.published.n).toBe(3);
    say(4);
    stream.delete(4);
    stream.others(1);
    await look();
    expect(proof.published).toEqual({ n: 4, at: { ORDERS: { created: 'c1', seq: 4, msgId: 'm4' } } });
  });

  it('counts commits that say nothing with those before them', async () => {
    const { proof, say, look } = await published();
    proof.acknowledged(3, {});
    expect(proof.published.n).toBe(3);
    say(4);
    proof.acknowledged(5, {});
    expect(proof.published.n).toBe(3);
    await look();
    expect(proof.published.n).toBe(5);
  });

  it('is nothing when what stood before was overwritten in between, though the message itself stands', async () => {
    const { stream, proof, say, look } = await published();
    stream.loseFrom(2);
    stream.others(3);
    say(3);
    expect(await look()).toEqual({ lost: 'ORDERS' });
    expect(proof.published.n).toBe(2);
  });

  it.each([
    ['once', 1],
    ['twice, the second time above the first', 2],
  ])('is nothing for any commit of which one was overwritten %s', async (_times, losses) => {
    const { stream, say, look } = await published();
    for (let n = 3; n < 3 + losses; n++) {
      say(n);
      stream.loseFrom(n + (n - 3));
      stream.others(2);
    }
    say(3 + losses);
    expect(await look()).toEqual({ lost: 'ORDERS' });
  });

  it('is nothing when the message before was told again and stands at its place by chance', async () => {
    const { stream, say, look } = await published();
    stream.loseFrom(1);
    stream.others(1);
    stream.put('m2');
    say(3);
    expect(await look()).toEqual({ lost: 'ORDERS' });
  });

  it('is read from the newest place last: a loss during the look takes that one too', async () => {
    const { stream, proof, say } = await published();
    say(3);
    say(4);
    stream.loses = { whenRead: 3, from: 2 };
    expect(await proof.look()).toEqual({ lost: 'ORDERS' });
  });

  it('keeps what is acknowledged during a look for the next one', async () => {
    const { proof, say, look } = await published();
    say(3);
    const looking = look();
    say(4);
    await looking;
    expect([proof.published.n, proof.n]).toEqual([3, 4]);
    await look();
    expect(proof.published.n).toBe(4);
  });

  it('begins anew from what is known to stand', async () => {
    const { proof, say } = await published();
    say(3);
    proof.backTo({ n: 1, at: {} });
    expect([proof.n, proof.at, proof.isOwed]).toEqual([1, {}, false]);
  });
});
