import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { eventually, startSshd, type SshServer } from '@crossdock/testing';
import { aProfile, World } from './world.js';

jest.setTimeout(60_000);

const anOrder = (documentNo: string): string =>
  JSON.stringify({
    documentNo,
    account: 'THEIRS',
    currency: 'GBP',
    shipTo: { country: 'GB' },
    lines: [{ lineNo: 1, item: 'TEA', quantity: '6' }],
  });

describe('files that partners put down, on real servers and a real sshd', () => {
  let world: World;
  let sshd: SshServer;
  let folder: string;
  beforeAll(async () => {
    sshd = await startSshd();
    folder = await mkdtemp(join(tmpdir(), 'crossdock-drop-'));
    const { host, port, user, key, hostKey, folder: path } = sshd;
    const server = { tenant: 'acme', partner: 'ACME', host, port, user, key, path };
    world = await World.start({
      CROSSDOCK_FOLDERS: JSON.stringify({ acme: { tenant: 'acme', partner: 'ACME', in: folder } }),
      CROSSDOCK_SFTP_CONNECTIONS: JSON.stringify({
        acme: { ...server, hostKey },
        forged: { ...server, hostKey: 'SHA256:AAAA', partner: 'FORGED' },
      }),
      CROSSDOCK_DROP_LOOK_MS: '50',
      CROSSDOCK_DROP_SETTLE_MS: '200',
    });
    await world.partner('ACME', aProfile());
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
    await sshd?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 30_000);

  const applied = (number: string) =>
    eventually(`${number} is applied`, async () => {
      const [found] = await world.documents(`number=${number}`);
      return found?.status === 'applied' && found;
    });
  const archived = async (place: string): Promise<readonly string[]> => readdir(join(place, 'archive')).catch(() => []);

  describe.each([
    ['a folder', 'folder:acme', () => folder, 'D'],
    ['a folder of an SFTP server', 'sftp:acme', () => sshd.folder, 'S'],
  ])('in %s', (_where, source, placeOf, sign) => {
    it('are taken whole, become orders, and lie in the archive', async () => {
      const body = anOrder(`${sign}-1`);
      await writeFile(join(placeOf(), 'po1.json'), body);
      const document = await applied(`${sign}-1`);
      expect(await world.file(document.fileId)).toMatchObject({ source, name: 'po1.json', partner: 'ACME' });
      const [name = ''] = await eventually('it is archived', async () => {
        const found = await archived(placeOf());
        return found.length > 0 && found;
      });
      expect(name).toMatch(/^[0-9a-f]{12}-po1\.json$/);
      expect(await readFile(join(placeOf(), 'archive', name), 'utf8')).toBe(body);
    });

    it('that are being written are left alone until they have their name', async () => {
      const body = anOrder(`${sign}-2`);
      await writeFile(join(placeOf(), 'po2.json.part'), body.slice(0, 20));
      await writeFile(join(placeOf(), 'po3.json'), anOrder(`${sign}-3`));
      await applied(`${sign}-3`);
      expect(await world.documents(`number=${sign}-2`)).toEqual([]);
      await writeFile(join(placeOf(), 'po2.json.part'), body);
      await rename(join(placeOf(), 'po2.json.part'), join(placeOf(), 'po2.json'));
      await applied(`${sign}-2`);
    });

    it('twice have one effect, under whatever name', async () => {
      for (const name of ['po1.json', 'po1-again.json']) await writeFile(join(placeOf(), name), anOrder(`${sign}-1`));
      await eventually('both are archived', async () => {
        const found = await archived(placeOf());
        return (
          found.some((name) => name.endsWith('-po1-again.json')) && !(await readdir(placeOf())).includes('po1.json')
        );
      });
      expect(world.orders.asked.get(`${sign}-1`)).toBe(1);
    });

    it('that are empty are put aside', async () => {
      await writeFile(join(placeOf(), 'nothing.edi'), '');
      await eventually(
        'it is put aside',
        async () => (await readdir(join(placeOf(), 'refused')).catch(() => [])).length > 0,
      );
    });
  });

  it('are never fetched from a server whose key is not the one that was agreed', async () => {
    expect(await world.documents('partner=FORGED')).toEqual([]);
    const files = (await world.call<{ files: { source: string }[] }>('GET', '/v1/files?limit=1000')).body.files;
    expect(files.map(({ source }) => source)).not.toContain('sftp:forged');
  });
});
