import { startService } from '@crossdock/runtime';
import { financePosting } from './finance-posting.service.js';

await startService(financePosting);
