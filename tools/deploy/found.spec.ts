/** What is said where neither kustomize nor Go, or no Python, is there. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKustomize } from './kustomize.ts';
import { findSchemas } from './schemas.ts';

const PATH = process.env['PATH'];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossdock-found-'));
  process.env['PATH'] = folder;
});
afterEach(() => {
  process.env['PATH'] = PATH;
  rmSync(folder, { recursive: true, force: true });
});
const aProgram = (name: string, says: string): void => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${says}\n`);
  chmodSync(join(folder, name), 0o755);
};

describe('rendering k8s/', () => {
  it('takes the kustomize on PATH when it is new enough', async () => {
    aProgram('kustomize', 'echo v5.4.3');
    expect(await findKustomize(folder)).toBe('kustomize');
  });

  it('fails with what was tried and what to do, where nothing is there', async () => {
    aProgram('kustomize', 'echo v4.5.7');
    const failure = findKustomize(folder);
    await expect(failure).rejects.toThrow('PATH: kustomize is 4.5.7, older than 5.0');
    await expect(failure).rejects.toThrow(/go install .*: go is not installed[^]*Linux: put kustomize[^]*macOS: brew/);
  });

  it('passes on why Go could not build it', async () => {
    aProgram('go', 'echo "dial tcp: no route to host" >&2; exit 1');
    await expect(findKustomize(folder)).rejects.toThrow('no route to host');
  });

  it('says what the schemas of Kubernetes need, where there is no Python', async () => {
    await expect(findSchemas(folder)).rejects.toThrow(/python3 -m pip: not installed[^]*install Python 3 with pip/);
  });
});
