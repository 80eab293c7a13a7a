import { startService } from '@crossdock/runtime';
import { connectors } from './connectors.service.js';

await startService(connectors);
