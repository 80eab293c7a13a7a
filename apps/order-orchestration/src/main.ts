import { startService } from '@crossdock/runtime';
import { orderOrchestration } from './order-orchestration.service.js';

await startService(orderOrchestration);
