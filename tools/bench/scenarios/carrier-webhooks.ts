/** Webhooks of carriers at a steady rate: how long each waits for its answer, which comes after the commit. */
import { figureOf, type Figure } from '../figures.ts';
import { defineScenario } from '../scenario.ts';
import { webhookRun, type WebhookRun } from '../webhooks.ts';

export const carrierWebhooks = defineScenario({
  name: 'carrier-webhooks',
  about: 'signed webhooks of five carriers at a fixed rate, each answered when it is committed',
  sizes: {
    whole: { runs: 1, seconds: 20, rate: 200 },
    alone: { runs: 3, seconds: 60, rate: 200 },
    tiny: { runs: 1, seconds: 1, rate: 10 },
  },
  run: async ({ runs, seconds, rate }, say) => {
    const ours: WebhookRun[] = [];
    for (let nth = 1; nth <= runs; nth++) {
      say(`run ${nth} of ${runs}: ${rate} webhooks a second for ${seconds} s`);
      ours.push(await webhookRun(rate, seconds));
    }
    const each = (name: keyof WebhookRun): Figure => figureOf(ours.map((run) => run[name]));
    const missing = ours.map(({ sent, taken }) => sent - taken);
    return {
      rows: [
        { what: 'answered after, p50, ms', figure: each('p50Ms'), digits: 1 },
        { what: `answered after, p99 at ${rate}/s, ms`, figure: each('p99Ms'), digits: 1, must: { atMost: 100 } },
        { what: 'answered after, longest, ms', figure: each('maxMs'), digits: 0 },
        {
          what: 'all normalised after the last one, ms',
          figure: each('behindMs'),
          digits: 0,
          must: { atMost: 1_000 },
        },
        { what: 'CPU per webhook, all processes, ms', figure: each('cpuMs'), digits: 2 },
      ],
      sides: [],
      faults: missing.flatMap((count, nth) => (count > 0 ? [`run ${nth + 1}: ${count} webhooks were not taken`] : [])),
    };
  },
});
