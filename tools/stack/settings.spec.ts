import { mongodArgs } from './mongod.ts';
import { natsConfig } from './nats.ts';

describe('what the servers are started with', () => {
  it('gives nats-server room for a 5,000-line order, and binds it to this machine', () => {
    const config = natsConfig({ port: 4001, monitorPort: 4002, storeDir: '/clone "x"/nats', bind: '127.0.0.1' });
    expect(config).toContain('max_payload: 8MB');
    expect(config).toContain('listen: "127.0.0.1:4001"');
    expect(config).toContain('store_dir: "/clone \\"x\\"/nats"');
  });

  it('bounds the memory and the oplog of mongod', () => {
    const args = mongodArgs({ port: 4003, dbPath: '/d', keyFile: '/k', cacheGb: 0.25, bind: '127.0.0.1' }).join(' ');
    expect(args).toContain('--wiredTigerCacheSizeGB 0.25 --oplogSize 512');
    expect(args).toContain('--replSet rs0');
    expect(args).toContain('--keyFile /k');
  });

  it('keeps the past of documents for as long as a sum may take, and lets changed pages gather before they are written', () => {
    const args = mongodArgs({ port: 4003, dbPath: '/d', keyFile: '/k', cacheGb: 0.25, bind: '127.0.0.1' }).join(' ');
    expect(args).toContain('minSnapshotHistoryWindowInSeconds=10');
    expect(args).toMatch(/eviction_dirty_target=40.*eviction_updates_target=30/);
  });
});
