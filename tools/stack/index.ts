/** What others may use of the stack: real servers of their own, for tests and for the start command. */
export { startStack, type Stack, type StackOptions } from './stack.ts';
export { ensureTestServers, testDir } from './forTests.ts';
export { startSshd, type SshServer } from './sshd.ts';
