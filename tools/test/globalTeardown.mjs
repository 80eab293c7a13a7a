export default async function globalTeardown() {
  await globalThis.crossdockTestServers?.stop();
}
