/** Webhooks at a steady rate: how long each waits for its answer, and when all are read and committed. */
import { figureOf } from '../figures.ts';
import { mergedLatency } from '../latency.ts';
import { cpuMicrosOf, defineScenario, type Run } from '../scenario.ts';
import { carriersDoor, partnersDoor, type WebhookDoor } from '../webhook-doors.ts';
import { webhookRun, type WebhookRun } from '../webhooks.ts';

const webhooksAt = (of: WebhookDoor, name: string, about: string, become: string, mostBehindMs?: number) =>
  defineScenario({
    name,
    about,
    sizes: {
      whole: { runs: 1, seconds: 20, rate: 200 },
      alone: { runs: 3, seconds: 60, rate: 200 },
      tiny: { runs: 1, seconds: 1, rate: 10 },
    },
    run: async ({ runs, seconds, rate }, say) => {
      const ours: WebhookRun[] = [];
      for (let nth = 1; nth <= runs; nth++) {
        say(`run ${nth} of ${runs}: ${rate} webhooks a second for ${seconds} s`);
        ours.push(await webhookRun(of, rate, seconds));
      }
      const at = (percent: number) => figureOf(ours.map(({ latency }) => latency.at(percent)));
      const loads = ours.map(({ sent: work, processes }): Run => ({ work, seconds, processes }));
      return {
        rows: [
          { what: 'answered after, p50, ms', figure: at(50), digits: 1 },
          { what: `answered after, p99 at ${rate}/s, ms`, figure: at(99), digits: 1, must: { atMost: 100 } },
          { what: 'answered after, longest, ms', figure: at(100), digits: 0 },
          {
            what: `all ${become} after the last one, ms`,
            figure: figureOf(ours.map(({ behindMs }) => behindMs)),
            digits: 0,
            ...(mostBehindMs === undefined ? {} : { must: { atMost: mostBehindMs } }),
          },
          {
            what: 'CPU per webhook, all processes, microseconds',
            figure: figureOf(loads.map(cpuMicrosOf)),
            digits: 0,
          },
        ],
        sides: [{ name: 'webhooks', per: 'webhook', runs: loads }],
        charts: [
          {
            title: 'latency of webhooks',
            x: 'percentile',
            y: 'ms',
            logarithmic: true,
            series: [mergedLatency(ours.map(({ latency }) => latency)).series('webhooks')],
          },
        ],
        faults: ours.flatMap(({ refused }, nth) =>
          Object.entries(refused).map(([reason, times]) => `run ${nth + 1}: ${times} webhooks not taken: ${reason}`),
        ),
      };
    },
  });

export const carrierWebhooks = webhooksAt(
  carriersDoor,
  'carrier-webhooks',
  'signed webhooks of five carriers at a fixed rate, each answered when it is kept, then normalised',
  'normalised',
  1_000,
);
export const partnerWebhooks = webhooksAt(
  partnersDoor,
  'partner-webhooks',
  'signed orders of a shop, of ten lines each, at a fixed rate, each answered when it is kept, then read',
  'read',
);
