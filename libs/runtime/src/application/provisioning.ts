/** Streams and consumers of a running service: as declared, made or waited for. */
import { setTimeout as wait } from 'node:timers/promises';
import type { JetStreamBroker } from '../broker/jetstream-broker.js';
import { applyPlan, developmentOptions, needed, plan, show, type ProvisionOptions } from '../provision/provision.js';
import type { RoadContext } from './road-port.js';

const LOOK_AGAIN_MS = 1_000;

/** Keeps streams and consumers as declared: made at start and again when they were lost, or waited for. */
export class Provisioning {
  private under: Promise<void> | undefined;
  private readonly options: ProvisionOptions;
  /** what is missing while somebody else is waited for */
  missing = '';

  constructor(
    private readonly broker: JetStreamBroker,
    private readonly context: RoadContext,
    private readonly signal: AbortSignal,
  ) {
    this.options = {
      ...developmentOptions,
      lanes: context.settings.lanes,
      replicas: context.settings.streamReplicas,
      ackWaitMs: context.settings.ackWaitMs,
      keepWider: true,
    };
  }

  /** Resolves when everything is there. One at a time, whoever asks. */
  ensure(): Promise<void> {
    this.under ??= this.make().finally(() => (this.under = undefined));
    return this.under;
  }

  private async make(): Promise<void> {
    const { definition, settings, watch } = this.context;
    while (!this.signal.aborted) {
      try {
        const found = await plan(this.broker.manager, [definition], this.options);
        if (!needed(found)) break;
        if (settings.bindOnly) this.missing = show(found);
        else await applyPlan(this.broker.manager, found);
        watch.log.info(
          { differences: show(found).split('\n') },
          settings.bindOnly ? 'waiting for streams' : 'provisioned',
        );
        if (!settings.bindOnly) break;
      } catch (error) {
        watch.log.warn({ err: error }, 'streams could not be looked at');
      }
      await wait(LOOK_AGAIN_MS);
    }
    this.missing = '';
  }
}
