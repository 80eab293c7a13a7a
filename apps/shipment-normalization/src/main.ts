import { startService } from '@crossdock/runtime';
import { shipmentNormalization } from './shipment-normalization.service.js';

await startService(shipmentNormalization);
