import { startService } from '@crossdock/runtime';
import { inventoryPropagation } from './inventory-propagation.service.js';

await startService(inventoryPropagation);
