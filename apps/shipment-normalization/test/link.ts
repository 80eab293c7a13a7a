/** Says that a package of the tenant `acme` left with a carrier, as a dispatch does. */
import { derivedId } from '@crossdock/kernel';
import { TrackPackage } from '@crossdock/contracts';
import type { JetStreamBroker } from '@crossdock/runtime';
import { aTrackPackage } from '../src/domain/shipments.builders.js';

export const link = async (broker: JetStreamBroker, trackingNo: string, carrier: string): Promise<void> => {
  const data = aTrackPackage(trackingNo, 'D1', { carrier });
  await broker.publish([
    {
      id: derivedId('track', trackingNo),
      type: TrackPackage.type,
      version: TrackPackage.version,
      source: 'shipment-normalization',
      stream: TrackPackage.stream,
      tenant: 'acme',
      key: TrackPackage.key(data),
      lane: TrackPackage.lane(data),
      entityVersion: 1,
      at: new Date().toISOString(),
      actor: 'system:test',
      correlationId: 'c-1',
      causationId: 'none',
      body: JSON.stringify(data),
    },
  ]);
};
