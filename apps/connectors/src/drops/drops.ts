/** Every watched place of this service, looked at for as long as the process lives. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ARCHIVE, DOOR, Problem, WATCH, type Archive, type Caller, type Door, type Watch } from '@crossdock/runtime';
import { takeIn } from '../api/intake.js';
import { ConnectorsSettings, type DropConnection } from '../config.js';
import type { Drop, Lying, OpenDrop } from './drop.js';
import { openFolder } from './folder.js';
import { openSftp } from './sftp.js';
import { Watcher } from './watcher.js';

@Injectable()
export class Drops implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly loops: Promise<void>[] = [];

  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(ARCHIVE) private readonly archive: Archive,
    @Inject(ConnectorsSettings) private readonly settings: ConnectorsSettings,
    @Inject(WATCH) private readonly watch: Watch,
  ) {}

  onApplicationBootstrap(): void {
    const { folders, sftpConnections } = this.settings;
    for (const [name, folder] of Object.entries(folders))
      if (folder.in) this.watchOver(`folder:${name}`, folder, () => openFolder(folder.in as string));
    for (const [name, place] of Object.entries(sftpConnections))
      this.watchOver(`sftp:${name}`, place, () => openSftp(place));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.loops);
  }

  private watchOver(source: string, connection: DropConnection, open: OpenDrop): void {
    const watcher = new Watcher({
      name: source,
      open,
      take: (drop, file) => this.take(source, connection, drop, file),
      trouble: (what, error) => this.watch.log.warn({ err: error, source }, what),
      settleMs: this.settings.dropSettleMs,
      now: Date.now,
    });
    this.loops.push(this.loop(watcher));
  }

  private async loop(watcher: Watcher): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await watcher.look();
      await wait(this.settings.dropLookMs, undefined, { signal }).catch(() => undefined);
    }
    await watcher.close();
  }

  private async take(
    source: string,
    { tenant, partner }: DropConnection,
    drop: Drop,
    file: Lying,
  ): Promise<{ readonly hash: string } | { readonly refused: string }> {
    const caller: Caller = {
      tenant,
      actor: { kind: 'system', id: source },
      scopes: [],
      correlationId: randomUUID(),
    };
    const { fileLimitBytes: limitBytes } = this.settings;
    if (file.bytes === 0) return { refused: 'it is empty' };
    if (file.bytes > limitBytes) return { refused: `${file.bytes} bytes; ${limitBytes} are the most` };
    const bytes = await drop.open(file.name);
    try {
      const doorway = { archive: this.archive, door: this.door, limitBytes };
      const { hash } = await takeIn(doorway, { source, bytes, name: file.name, partner }, caller);
      return { hash };
    } catch (error) {
      if (error instanceof Problem && error.status === 413) return { refused: error.message };
      throw error;
    } finally {
      bytes.destroy();
    }
  }
}
