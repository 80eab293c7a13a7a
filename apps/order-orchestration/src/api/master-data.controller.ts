/** What this service knows of master data: enough to tell whether an order could be taken now. */
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { From, Opens, Problem, QUERIES, Scope, type Caller, type Queries } from '@crossdock/runtime';
import { directoryRef, type CustomerState, type DirectoryState, type ItemState } from '../domain/reference.js';

@Controller('v1/master-data')
export class MasterDataController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Get()
  @Scope('orders:read')
  @Opens({
    summary: 'Numbers of customers, items, nodes and entities that orders can name',
    answers: { 200: 'Numbers' },
  })
  async counts(@From() { tenant }: Caller) {
    const [customers, items, directory] = await Promise.all([
      this.queries.count(tenant, 'customer', 'all'),
      this.queries.count(tenant, 'item', 'all'),
      this.queries.get<DirectoryState>(tenant, 'directory', directoryRef.id),
    ]);
    const { nodes = [], entities = [] } = directory?.state ?? {};
    return { customers, items, nodes: nodes.length, entities: entities.length };
  }

  @Get('items/:item')
  @Scope('orders:read')
  @Opens({ summary: 'An item as orders are checked against it', answers: { 404: 'Not known' } })
  async item(@From() { tenant }: Caller, @Param('item') item: string) {
    const found = await this.queries.get<ItemState>(tenant, 'item', item);
    if (!found?.state.known) throw new Problem(404, 'not-found');
    const { known: _known, ...shown } = found.state;
    return shown;
  }

  @Get('customers/:account')
  @Scope('orders:read')
  @Opens({ summary: 'A customer account as orders are checked against it', answers: { 404: 'Not known' } })
  async customer(@From() { tenant }: Caller, @Param('account') account: string) {
    const found = await this.queries.get<CustomerState>(tenant, 'customer', account);
    if (!found?.state.known) throw new Problem(404, 'not-found');
    const { known: _known, ...shown } = found.state;
    return shown;
  }
}
